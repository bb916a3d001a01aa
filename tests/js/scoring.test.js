/** @import {Answer, Item, Rubric} from "../../static/js/types.js" */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { score } from "../../static/js/model/scoring.js";

const GOLDEN = "tests/golden";
const cases = JSON.parse(readFileSync(`${GOLDEN}/scoring_cases.json`, "utf8"));
const rubrics = JSON.parse(readFileSync(`${GOLDEN}/scoring_rubrics.json`, "utf8"));

/**
 * The rubric a case names, with the changes it makes to the card and to items.
 * @param {any} example
 * @returns {Rubric}
 */
function rubricOf(example) {
  const rubric = { ...structuredClone(rubrics[example.rubric]), ...example.card };
  for (const section of rubric.sections)
    for (const item of section.items) Object.assign(item, example.items?.[item.code]);
  return rubric;
}

/**
 * The answers given; "rest": "pass" passes every other item.
 * @param {any} example
 * @param {Rubric} rubric
 * @returns {Answer[]}
 */
function answersOf(example, rubric) {
  const named = new Set(example.answers.map((/** @type {Answer} */ answer) => answer.item));
  const rest = rubric.sections
    .flatMap((section) => section.items)
    .filter((item) => !named.has(item.code));
  return [...example.answers, ...(example.rest === "pass" ? rest.map(passed) : [])];
}

/**
 * @param {Item} item
 * @returns {Answer}
 */
function passed({ code, rule }) {
  return { item: code, verdict: "pass", ...(rule.kind === "meas" && { measured: "0" }) };
}

/** @param {Rubric} rubric */
const featuresOf = (rubric) =>
  rubric.sections.flatMap((section) => section.items.map((item) => item.feature)).filter(Boolean);

/** @param {any} example */
function scored(example) {
  const rubric = rubricOf(example);
  const answers = { items: answersOf(example, rubric), bonuses: example.bonuses ?? [] };
  const card = score(rubric, answers, example.features ?? featuresOf(rubric), example.earlier);
  const items = card.items.filter((item) => item.lost || item.status !== "scored");
  return { ...card, items };
}

assert.ok(cases.length > 60, "the golden cases are there");

for (const example of cases)
  test(`the phone scores like the server: ${example.name}`, () => {
    assert.deepEqual(scored(example), example.expect);
  });

test("a card being filled in says how far it is", () => {
  const rubric = rubrics.KC;
  const answers = {
    items: [/** @type {Answer} */ ({ item: "KC-M-01", verdict: "loss", count: 1 })],
  };
  const card = score(rubric, answers, featuresOf(rubric));
  assert.equal(card.total, 9900);
  assert.equal(card.items.filter((item) => item.status === "unanswered").length, 36);
});

/** @type {[string, Partial<Answer>][]} */
const UNKNOWN = [
  ["KC-F-01", { option: "unheard_of" }],
  ["KC-D-02", { ticks: ["unheard_of"] }],
  ["KC-M-01", { veto: true }],
  ["MINI-A-04", { measured: "soon" }],
  ["MINI-A-04", {}],
];
for (const [item, finding] of UNKNOWN)
  test(`a finding the rule does not know is an error: ${item} ${JSON.stringify(finding)}`, () => {
    const rubric = rubrics[item.split("-")[0] ?? ""];
    const answer = /** @type {Answer} */ ({ item, verdict: "loss", ...finding });
    assert.throws(
      () => score(rubric, { items: [answer] }, featuresOf(rubric)),
      /no option|no veto|no measured/,
    );
  });

test("a bonus nobody offers is an error", () => {
  assert.throws(() => score(rubrics.MINI, { items: [], bonuses: ["PLUS-9"] }, []), /no bonus/);
});
