import assert from "node:assert/strict";
import { test } from "node:test";
import { submission } from "../../static/js/model/submission.js";
import { KC, NOON, itemOf, row, slot, visit } from "./makers.js";

const DEVICE = { id: "phone", app: "test" };
const TIMES = { ended_at: NOON, sent_at: NOON, clock_offset_ms: -1200 };

/**
 * @param {import("../../static/js/types.js").AnswerRow[]} rows
 * @param {import("../../static/js/types.js").SlotRow[]} [slots]
 * @param {Partial<import("../../static/js/types.js").VisitRow>} [facts]
 */
function made(rows, slots = [], facts = {}) {
  const said = new Map(rows.map((one) => [one.item, one]));
  return submission({
    visit: visit(facts),
    rubric: KC,
    rows: said,
    slots,
    device: DEVICE,
    ...TIMES,
  });
}

test("a submission carries facts and no score of any kind", () => {
  const body = made([row("KC-E-01", { verdict: "loss", count: 2 })], [slot("KC-E-01")]);
  assert.doesNotMatch(JSON.stringify(body), /score|total|points|lost/);
  assert.equal(body.format, 1);
  assert.equal(body.clock_offset_ms, -1200);
});

test("answers come in the order of the card, unanswered items not at all", () => {
  const body = made([row("KC-V-01", { verdict: "pass" }), row("KC-E-02", { verdict: "pass" })]);
  assert.deepEqual(
    body.answers.map((answer) => answer.item),
    ["KC-E-02", "KC-V-01"],
  );
});

test("items the store's features switch off are left out with their photos", () => {
  const off = itemOf(KC, "KC-F-01");
  const bare = { ...visit().store, features: [] };
  const rows = [row(off.code, { verdict: "loss", option: "none" })];
  const body = made(rows, [slot(off.code)], { store: bare });
  assert.deepEqual([body.answers, body.photos], [[], []]);
});

test("the manifest names every photo an answer names, each place once", () => {
  const slots = [
    slot("KC-E-01", { sha256: "2", position: 7 }),
    slot("KC-E-01", { sha256: "1", position: 3 }),
    slot("", { sha256: "3" }),
  ];
  const body = made([row("KC-E-01", { verdict: "loss", count: 1 })], slots);
  const places = body.photos.map((photo) => [photo.item, photo.sha256, photo.position]);
  assert.deepEqual(places, [
    ["KC-E-01", "1", 0],
    ["KC-E-01", "2", 1],
  ]);
  assert.deepEqual(body.answers[0]?.photos, ["1", "2"]);
});

test("a marked-up copy names its original, unless that does not travel along", () => {
  const copy = slot("KC-E-01", { sha256: "2", position: 1, marked_from: "1" });
  const loss = row("KC-E-01", { verdict: "loss", count: 1 });
  const both = made([loss], [slot("KC-E-01", { sha256: "1" }), copy]).photos;
  assert.deepEqual(
    both.map((photo) => photo.marked_from),
    [undefined, "1"],
  );
  assert.ok(!("marked_from" in (both[0] ?? {})));
  const [alone] = made([loss], [copy]).photos;
  assert.ok(alone && !("marked_from" in alone));
});
