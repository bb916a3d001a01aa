import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAnswer, judged, toAnswer } from "../../static/js/model/answer_row.js";
import { KC, MINI, VISIT, itemOf, row, slot } from "./makers.js";

const TIER = itemOf(KC, "KC-V-01");
const ONLY = itemOf(KC, "KC-E-07");
const OCC = itemOf(KC, "KC-E-01");
const VETO = itemOf(KC, "KC-D-03");
const SUM = itemOf(KC, "KC-D-02");

test("nothing is said of an item without a verdict", () => {
  assert.equal(toAnswer(row(OCC.code, { note: "脏" }), OCC, []), null);
});

test("a pass says nothing but that", () => {
  const said = row(OCC.code, { verdict: "pass", count: 2, reason: "x" });
  assert.deepEqual(toAnswer(said, OCC, []), { item: OCC.code, verdict: "pass" });
});

test("each kind of rule speaks with its own field", () => {
  const tier = toAnswer(row(TIER.code, { verdict: "loss", option: "minor" }), TIER, []);
  assert.deepEqual(tier, { item: TIER.code, verdict: "loss", option: "minor" });
  const occ = toAnswer(row(OCC.code, { verdict: "loss", count: 2, option: "x" }), OCC, []);
  assert.deepEqual(occ, { item: OCC.code, verdict: "loss", count: 2 });
  const sum = toAnswer(row(SUM.code, { verdict: "loss", ticks: ["no_smile"] }), SUM, []);
  assert.deepEqual(sum, { item: SUM.code, verdict: "loss", ticks: ["no_smile"] });
  const veto = toAnswer(row(VETO.code, { verdict: "loss", veto: true }), VETO, []);
  assert.deepEqual(veto, { item: VETO.code, verdict: "loss", count: 0, veto: true });
});

test("a measurement is written down even when it costs nothing", () => {
  const meas = MINI.sections.flatMap((one) => one.items).find((one) => one.rule.kind === "meas");
  assert.ok(meas);
  const said = toAnswer(row(meas.code, { verdict: "pass", measured: "1.5" }), meas, []);
  assert.deepEqual(said, { item: meas.code, verdict: "pass", measured: "1.5" });
});

test("photos go in the order they were placed", () => {
  const slots = [slot(OCC.code, { sha256: "b", position: 1 }), slot(OCC.code, { sha256: "a" })];
  assert.deepEqual(toAnswer(row(OCC.code, { verdict: "pass" }), OCC, slots)?.photos, ["a", "b"]);
});

test("a reason is said where one is asked for", () => {
  const na = row(OCC.code, { verdict: "not_observed", reason: " 没有机会 " });
  assert.equal(toAnswer(na, OCC, [])?.reason, "没有机会");
  const recorded = row(OCC.code, { verdict: "loss", count: 1, note: "10:20", reason: "会暴露" });
  assert.equal(toAnswer(recorded, OCC, [])?.reason, "会暴露");
  assert.equal(toAnswer(recorded, OCC, [slot(OCC.code)])?.reason, undefined);
});

test("losing marks begins with what leaves nothing to choose", () => {
  assert.equal(judged(row(ONLY.code), "loss", ONLY).option, "blocked_or_dead");
  assert.equal(judged(row(TIER.code), "loss", TIER).option, null);
  assert.equal(judged(row(OCC.code), "loss", OCC).count, 1);
  assert.equal(judged(row(VETO.code, { veto: true }), "loss", VETO).count, 0);
  assert.deepEqual(judged(row(SUM.code), "loss", SUM).ticks, []);
});

test("a slip of the thumb costs nothing that was entered", () => {
  const entered = row(TIER.code, { verdict: "loss", option: "minor", note: "左侧" });
  const back = judged(judged(entered, "pass", TIER), "loss", TIER);
  assert.deepEqual(back, entered);
});

test("what the server gives back says the same again", () => {
  const said = row(OCC.code, { verdict: "loss", count: 3, note: "三处", reason: "会暴露" });
  const answer = toAnswer(said, OCC, []);
  assert.ok(answer);
  assert.deepEqual(fromAnswer(VISIT, answer), said);
});
