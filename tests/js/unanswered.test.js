import assert from "node:assert/strict";
import { test } from "node:test";
import { phrasesOf } from "../../static/js/model/phrases.js";
import { nextUnanswered, unanswered, untouched } from "../../static/js/model/unanswered.js";
import { KC, itemOf, row, slot } from "./makers.js";

const CODES = KC.sections.flatMap((section) => section.items).map((item) => item.code);
const FEATURES = [...new Set(KC.sections.flatMap((one) => one.items).map((item) => item.feature))];
const [FIRST] = KC.sections;

/** @param {Record<string, Partial<ReturnType<typeof row>>>} said @param {string[]} [photos] */
function card(said, photos = []) {
  return {
    rubric: KC,
    features: FEATURES,
    row: (/** @type {string} */ code) => row(code, said[code]),
    slotsOf: (/** @type {string} */ code) => (photos.includes(code) ? [slot(code)] : []),
  };
}

/** @param {string[]} codes */
const passed = (...codes) =>
  Object.fromEntries(codes.map((code) => [code, { verdict: /** @type {const} */ ("pass") }]));

test("everything is left at first, in the order of the card, but what the store does not have", () => {
  assert.deepEqual(
    unanswered(card({})).map(({ item }) => item.code),
    CODES,
  );
  const plain = { ...card({}), features: [] };
  assert.ok(unanswered(plain).every(({ item }) => !item.feature));
});

test("the next one comes after where one is, over the end from the front again", () => {
  const [a, b, c] = CODES;
  assert.ok(a && b && c);
  assert.equal(nextUnanswered(card({}), "")?.item.code, a);
  assert.equal(nextUnanswered(card(passed(b)), a)?.item.code, c);
  const last = String(CODES.at(-1));
  assert.equal(nextUnanswered(card(passed(a, last)), last)?.item.code, b);
  assert.equal(nextUnanswered(card(passed(...CODES)), a), undefined);
});

test("the one left is found from itself too", () => {
  const only = String(CODES[3]);
  const others = CODES.filter((code) => code !== only);
  assert.equal(nextUnanswered(card(passed(...others)), only)?.item.code, only);
});

test("the rest of a section is only what nobody touched", () => {
  assert.ok(FIRST);
  const [judged, noted, photographed, ...rest] = FIRST.items.map((item) => item.code);
  const left = untouched(
    card({ ...passed(String(judged)), [String(noted)]: { note: "x" } }, [String(photographed)]),
    FIRST,
  );
  assert.deepEqual(
    left.map((item) => item.code),
    rest,
  );
});

test("phrases come from what was chosen and the standard, and not twice", () => {
  const item = itemOf(KC, "KC-V-01");
  const zh = (/** @type {{zh: string}} */ words) => words.zh;
  const options = item.rule.kind === "tier" ? item.rule.options : [];
  const chosen = options[0];
  assert.ok(chosen);
  const same = (/** @type {string} */ clause) => clause;
  const offered = phrasesOf(item, row(item.code, { option: chosen.code }), zh, same);
  assert.equal(offered[0], chosen.text.zh);
  assert.ok(offered.length <= 6);
  const used = phrasesOf(item, row(item.code, { note: `先写 ${offered[1]}` }), zh, same);
  assert.ok(!used.includes(String(offered[1])));
  const lost = row(item.code, { verdict: "loss", option: chosen.code });
  const unmet = (/** @type {string} */ clause) => `不达标：${clause}`;
  const [picked, ...clauses] = phrasesOf(item, lost, zh, unmet);
  assert.equal(picked, chosen.text.zh);
  assert.deepEqual(clauses, offered.slice(1).map(unmet));
});
