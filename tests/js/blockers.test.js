/** @import {AnswerRow, SlotRow} from "../../static/js/types.js" */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { blockers, missing } from "../../static/js/model/blockers.js";
import { KC, itemOf, row, slot, store } from "./makers.js";

/** What the server accepts as evidence too. @type {{visit_kind: string, item: string, photos: number, note: string, reason: string, lacks: string | null}[]} */
const EVIDENCE = JSON.parse(readFileSync("tests/golden/evidence_cases.json", "utf8"));

/**
 * A draft that says this and nothing else.
 * @param {AnswerRow} said
 * @param {readonly SlotRow[]} [slots]
 */
function draft(said, slots = []) {
  return {
    visitKind: "mystery_visit",
    row: (/** @type {string} */ item) => (item === said.item ? said : row(item)),
    slotsOf: (/** @type {string} */ item) => slots.filter((one) => one.item === item),
  };
}

/**
 * @param {string} code
 * @param {Partial<AnswerRow>} said
 * @param {readonly SlotRow[]} [slots]
 */
function lack(code, said, slots = []) {
  return missing(itemOf(KC, code), draft(row(code, said), slots));
}

test("an item without a verdict is unanswered", () => {
  assert.equal(lack("KC-E-01", { note: "脏" }), "unanswered");
});

test("marks lost need a photo, or a record with a reason", () => {
  assert.equal(lack("KC-E-01", { verdict: "loss", count: 1 }), "photo");
  assert.equal(lack("KC-E-01", { verdict: "loss", count: 1 }, [slot("KC-E-01")]), null);
  assert.equal(lack("KC-E-01", { verdict: "loss", count: 1, note: "10:20" }), "photo");
  assert.equal(
    lack("KC-E-01", { verdict: "loss", count: 1, note: "10:20", reason: "会暴露" }),
    null,
  );
});

for (const { visit_kind, item, photos, lacks, ...said } of EVIDENCE)
  test(`${visit_kind}, ${item}, ${photos} photos, ${JSON.stringify(said)}: ${lacks}`, () => {
    const slots = Array.from({ length: photos }, () => slot(item));
    const lost = row(item, { verdict: "loss", count: 1, ...said });
    const found = missing(itemOf(KC, item), { ...draft(lost, slots), visitKind: visit_kind });
    assert.equal(found, lacks);
  });

test("a record or a note is asked for where the rubric asks", () => {
  assert.equal(lack("KC-A-01", { verdict: "loss", count: 1, note: "  " }), "record");
  assert.equal(lack("KC-A-01", { verdict: "loss", count: 1, note: "3 号台席" }), null);
  assert.equal(lack("KC-E-05", { verdict: "loss", option: "slight" }), "note");
});

test("a finding half entered is named before its evidence", () => {
  assert.equal(lack("KC-V-01", { verdict: "loss" }), "option");
  assert.equal(lack("KC-D-02", { verdict: "loss" }), "ticks");
});

test("setting an item apart needs a reason, passing it nothing", () => {
  assert.equal(lack("KC-E-06", { verdict: "na" }), "reason");
  assert.equal(lack("KC-E-06", { verdict: "na", reason: "没有绿植" }), null);
  assert.equal(lack("KC-E-01", { verdict: "not_observed", reason: " " }), "reason");
  assert.equal(lack("KC-E-01", { verdict: "pass" }), null);
});

test("blockers come in the order of the card, photos without an item last", () => {
  const said = draft(row("KC-E-01", { verdict: "pass" }), [slot("")]);
  const found = blockers({ rubric: KC, features: store().features, ...said });
  assert.equal(found.length, 37);
  assert.deepEqual(found[0], { code: "unanswered", section: "environment", item: "KC-E-02" });
  assert.deepEqual(found.at(-1), { code: "unplaced", section: "", item: "" });
});

test("what the store lacks by its features is not asked for", () => {
  const bare = blockers({ rubric: KC, features: [], ...draft(row("KC-E-01")) });
  assert.ok(bare.length < 37);
  assert.ok(!bare.some((one) => one.item === "KC-F-01"));
});
