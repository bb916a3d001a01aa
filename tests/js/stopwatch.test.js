import assert from "node:assert/strict";
import { test } from "node:test";
import { newCapture } from "../../static/js/model/capture.js";
import {
  elapsed,
  isRunning,
  lapsOf,
  measuredIn,
  secondsOf,
  shown,
} from "../../static/js/model/stopwatch.js";
import { measuredVerdict } from "../../static/js/model/measured.js";
import { LI, MINI, VISIT } from "./makers.js";

const START = "2026-11-18T04:00:00.000Z";
const T = Date.parse(START);

/** @param {Partial<ReturnType<typeof newCapture>>} [facts] */
function watch(facts = {}) {
  return newCapture({ id: "w", visit: VISIT, account: LI, kind: "watch", at: START, ...facts });
}

/** @param {string} en */
function unit(en) {
  const items = MINI.sections.flatMap((section) => section.items);
  const meas = items.find((item) => item.rule.kind === "meas")?.rule;
  if (meas?.kind !== "meas") throw new Error("no measurement on this card");
  return { ...meas, unit: { zh: "", en } };
}

test("only the start is kept: the time runs on while nothing of the app is there", () => {
  assert.ok(isRunning(watch()));
  assert.equal(elapsed(watch(), T + 187_000), 187_000);
  const stopped = watch({ stopped_at: new Date(T + 61_000).toISOString() });
  assert.ok(!isRunning(stopped));
  assert.equal(elapsed(stopped, T + 999_000), 61_000);
});

test("a clock set back makes no negative time", () => {
  assert.equal(elapsed(watch(), T - 5000), 0);
});

test("a time is shown as a stopwatch shows it", () => {
  const cases = {
    0: "0:00",
    999: "0:00",
    61_000: "1:01",
    3_599_000: "59:59",
    3_729_000: "1:02:09",
  };
  for (const [ms, words] of Object.entries(cases)) assert.equal(shown(Number(ms)), words);
});

test("only what is measured in time has a stopwatch", () => {
  for (const [en, seconds] of [
    ["min", 60],
    ["minutes", 60],
    ["Minute", 60],
    ["s", 1],
    ["seconds", 1],
    ["h", 3600],
  ])
    assert.equal(secondsOf(unit(String(en))), seconds);
  for (const en of ["°C", "m", "people", "lux", ""]) assert.equal(secondsOf(unit(en)), undefined);
});

test("a measured time is never more than it was", () => {
  assert.equal(measuredIn(180_400, 60), "3");
  assert.equal(measuredIn(180_600, 60), "3.01");
  assert.equal(measuredIn(12_345, 1), "12.34");
  assert.equal(measuredIn(0, 60), "0");
});

test("a measured time judges itself by the rule", () => {
  const rule = { ...unit("min"), least: 0, most: 6000 };
  const [band] = rule.bands;
  assert.ok(band);
  const over = measuredIn((band.above / 100) * 60_000 + 600, 60);
  const just = measuredIn((band.above / 100) * 60_000, 60);
  assert.equal(measuredVerdict(rule, over), "loss");
  assert.equal(measuredVerdict({ ...rule, bands: [band] }, just), "pass");
});

test("laps are counted from one to the next", () => {
  const laps = [10, 25, 27].map((second) => new Date(T + second * 1000).toISOString());
  assert.deepEqual(lapsOf(watch({ laps })), [10_000, 15_000, 2000]);
});
