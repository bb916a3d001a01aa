/** @import {Place, StoreOut} from "../../static/js/types.js" */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { graded } from "../../static/js/model/presence.js";
import { submission } from "../../static/js/model/submission.js";
import { KC, NOON, visit } from "./makers.js";

/** @type {{name: string, place: Place | null, store: StoreOut | null, grade: string, distance_m: number | null}[]} */
const CASES = JSON.parse(readFileSync("tests/golden/presence_cases.json", "utf8"));

test("the phone grades a place as the server does", () => {
  assert.ok(CASES.length > 50);
  for (const { name, place, store, grade, distance_m } of CASES) {
    const found = graded(place, store);
    assert.deepEqual([found.grade, found.distance_m], [grade, distance_m], name);
  }
});

const PLACE = { latitude_e6: 36_061_000, longitude_e6: 103_834_000, accuracy_m: 9 };
const TIMES = { ended_at: NOON, sent_at: NOON, clock_offset_ms: 0 };

/** @param {Parameters<typeof visit>[0]} facts @param {{at: string, text: string}[]} [remarks] */
function sent(facts, remarks) {
  const device = { id: "phone", app: "1" };
  const rows = new Map();
  return submission({
    ...{ visit: visit(facts), rubric: KC, rows, slots: [], device, ...TIMES },
    ...(remarks && { remarks }),
  });
}

test("what was never said is left out", () => {
  const body = sent({});
  assert.deepEqual(
    ["check_in", "check_out", "remarks"].filter((field) => field in body),
    [],
  );
  assert.equal(body.place, null);
});

test("check-in, check-out and remarks travel, and older readers still find the place", () => {
  const check_in = { at: NOON, place: PLACE };
  const check_out = { at: NOON, place: null };
  const remarks = [{ at: NOON, text: "保安指路" }];
  const body = sent({ check_in, check_out }, remarks);
  assert.deepEqual(body.check_in, check_in);
  assert.deepEqual(body.check_out, check_out);
  assert.deepEqual(body.remarks, remarks);
  assert.deepEqual(body.place, PLACE);
});

test("a draft of an older app keeps the place it began at", () => {
  assert.deepEqual(sent({ place: PLACE }).place, PLACE);
});
