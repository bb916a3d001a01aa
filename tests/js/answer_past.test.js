import assert from "node:assert/strict";
import { test } from "node:test";
import { before, remembering, typedField } from "../../static/js/model/answer_past.js";
import { judged, toAnswer } from "../../static/js/model/answer_row.js";
import { KC, itemOf, row } from "./makers.js";

const ITEM = itemOf(KC, "KC-E-01");
const T = Date.parse("2026-11-18T04:00:00Z");

/** @param {number} seconds */
const at = (seconds) => new Date(T + seconds * 1000).toISOString();

/**
 * Changes an answer as the form does: what came before is remembered, then the draft dates it.
 * @param {ReturnType<typeof row>} from
 * @param {Partial<ReturnType<typeof row>>} facts
 * @param {number} second
 */
function changed(from, facts, second) {
  return {
    ...remembering(from, { ...from, ...facts }, T + second * 1000),
    changed_at: at(second),
  };
}

test("every change can be taken back, one after the other, to the first", () => {
  const empty = row(ITEM.code);
  const lost = changed(empty, judged(empty, "loss", ITEM), 0);
  const three = changed(lost, { count: 3 }, 1);
  const passed = changed(three, { verdict: "pass" }, 2);
  const said = [];
  for (let back = before(passed); back; back = before(back))
    said.push([back.verdict, back.count, back.past?.length]);
  assert.deepEqual(said, [
    ["loss", 3, 2],
    ["loss", 1, 1],
    [null, 0, 0],
  ]);
});

test("typing that goes on is one change, a pause makes two", () => {
  let typed = row(ITEM.code);
  for (const [index, note] of ["地", "地面", "地面脏"].entries())
    typed = changed(typed, { note }, index);
  assert.equal(typed.past?.length, 1);
  typed = changed(typed, { note: "地面脏了" }, 30);
  assert.equal(typed.past?.length, 2);
  assert.equal(before(typed)?.note, "地面脏");
});

test("typing in another field is another change", () => {
  const noted = changed(row(ITEM.code), { note: "a" }, 0);
  const reasoned = changed(noted, { reason: "b" }, 1);
  assert.equal(reasoned.past?.length, 2);
});

test("a measurement that judges itself while it is typed is typing, a tapped verdict is not", () => {
  const empty = row("x");
  assert.equal(typedField(empty, { ...empty, measured: "5", verdict: "loss" }), "measured");
  assert.equal(typedField(empty, { ...empty, verdict: "loss" }), "");
  assert.equal(typedField(empty, { ...empty, note: "n", verdict: "loss" }), "");
});

test("nothing changed is nothing to take back", () => {
  const passed = row(ITEM.code, { verdict: "pass" });
  assert.equal(changed(passed, { verdict: "pass" }, 1).past?.length, 0);
});

test("the past has an end, and what it was stays off the wire", () => {
  let many = row(ITEM.code, { verdict: "loss", count: 1 });
  for (let index = 0; index < 40; index += 1) many = changed(many, { count: index + 2 }, index);
  assert.equal(many.past?.length, 12);
  const answer = toAnswer(many, ITEM, []);
  assert.deepEqual(answer, { item: ITEM.code, verdict: "loss", count: 41 });
});

test("when it was seen goes back too, also in a row of an older app", () => {
  const old = row(ITEM.code);
  delete old.observed_at;
  const seen = changed(old, { observed_at: at(0) }, 1);
  assert.equal(toAnswer({ ...seen, verdict: "pass" }, ITEM, [])?.observed_at, at(0));
  const back = before(seen);
  assert.equal(back?.observed_at, "");
  assert.ok(!("observed_at" in (toAnswer({ ...seen, ...back, verdict: "pass" }, ITEM, []) ?? {})));
});
