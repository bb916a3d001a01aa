import assert from "node:assert/strict";
import { test } from "node:test";
import {
  nextCode,
  nextItemCode,
  nextSectionCode,
  nextSectionKey,
} from "../../static/desk/rubric/model/codes.js";
import { at, put, same } from "../../static/desk/rubric/model/document.js";
import { inserted, moved, without } from "../../static/desk/rubric/model/lists.js";
import * as shaping from "../../static/desk/rubric/model/shaping.js";
import { itemAt, landing, neighbour, numberOf } from "../../static/desk/rubric/model/spots.js";
import {
  causes,
  itemsSum,
  points,
  sectionOver,
  standing,
  summed,
} from "../../static/desk/rubric/model/sums.js";
import { card, codes, item } from "./rubric_drafts.js";

test("a change makes a new document and leaves alone what it does not touch", () => {
  const before = card();
  const after = put(before, ["sections", 0, "items", 1, "full"], "6");
  assert.equal(at(after, ["sections", 0, "items", 1, "full"]), "6");
  assert.equal(at(before, ["sections", 0, "items", 1, "full"]), "5");
  assert.equal(after.sections?.[1], before.sections?.[1]);
  assert.equal(at(before, ["sections", 9, "items", 0]), undefined);
  assert.deepEqual(put({}, ["bands", 0, "code"], "a"), { bands: [{ code: "a" }] });
  assert.deepEqual(put({ a: 1, b: [1, 2] }, ["b", 0], undefined), { a: 1, b: [2] });
  assert.deepEqual(put({ a: 1, b: 2 }, ["b"], undefined), { a: 1 });
});

test("documents are the same whatever the order of their fields", () => {
  assert.ok(same({ a: 1, b: [{ c: "" }] }, { b: [{ c: "" }], a: 1 }));
  for (const [one, other] of [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [[1], { 0: 1 }],
    [null, {}],
  ])
    assert.ok(!same(one, other));
});

test("lists are changed in copies", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a"], 3, 0), ["a"]);
  assert.deepEqual(inserted(undefined, 5, "a"), ["a"]);
  assert.deepEqual(without(["a", "b"], 0), ["b"]);
});

test("points are added up exactly, and what is no number counts nothing", () => {
  assert.equal(points("0.1") + points("0.2"), 30);
  assert.equal(points("three") + points(undefined) + points("1."), 0);
  const document = card();
  assert.deepEqual(standing(document), { total: 10_000, full: 10_000, over: 0, exact: true });
  assert.equal(itemsSum(document.sections?.[1] ?? {}), 8000);
});

test("a card is exact at its full marks only", () => {
  const more = shaping.changed(card(), ["sections", 1, "items", 1, "full"], "0.51");
  assert.deepEqual(standing(more), { total: 10_001, full: 10_000, over: 1, exact: false });
  assert.equal(at(more, ["sections", 1, "full"]), "80.01");
  assert.equal(standing({}).exact, false);
});

test("a section that gives more than it has keeps its own marks", () => {
  const document = put(card(), ["sections", 0, "over_allocated"], true);
  const more = shaping.changed(document, ["sections", 0, "items", 0, "full"], "30");
  assert.equal(at(more, ["sections", 0, "full"]), "20");
  assert.equal(summed({ full: "1", items: [item("A", "1")] }).full, "1");
});

test("what moved the sum is named with what it was", () => {
  const more = shaping.changed(card(), ["sections", 1, "items", 0, "full"], "80.5");
  assert.deepEqual(causes(card(), more), [
    { number: "2.1", before: "79.5", after: "80.5", section: 1, item: 0 },
  ]);
  assert.equal(sectionOver(card(), more.sections?.[1] ?? {}), 100);
  const added = shaping.addItem(card(), 0).document;
  assert.deepEqual(causes(card(), added), [
    { number: "1.3", before: "0", after: "1", section: 0, item: null },
  ]);
  const removed = shaping.removeItem(card(), { section: 0, item: 1 }).document;
  assert.deepEqual(causes(card(), removed), [
    { number: "1.2", before: "5", after: "0", section: 0, item: null },
  ]);
});

test("new parts have codes of their own", () => {
  const document = card();
  assert.equal(nextItemCode(document, document.sections?.[1] ?? {}), "KC-V-08");
  assert.equal(nextItemCode(document, { code: "KC-X" }), "KC-X-01");
  assert.equal(nextSectionCode(document), "KC-A");
  assert.equal(nextSectionKey(document), "section_3");
  assert.equal(nextCode([{ code: "option_2" }], "option_"), "option_3");
  const full = {
    code: "K",
    sections: [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((one) => ({ code: `K-${one}` })),
  };
  assert.equal(nextSectionCode(full), "K-S1");
});

test("a role somebody typed and took out again is gone", () => {
  const at2 = ["sections", 0, "items", 0, "responsible"];
  const typed = shaping.changed(card(), [...at2, "zh"], "店长");
  assert.deepEqual(at(typed, at2), { zh: "店长" });
  assert.deepEqual(shaping.changed(typed, [...at2, "zh"], ""), card());
});

test("an item is added, copied, moved and removed, and its section follows", () => {
  const added = shaping.addItem(card(), 0);
  assert.deepEqual(added.at, { section: 0, item: 2 });
  assert.equal(added.document.sections?.[0]?.full, "21");
  const copied = shaping.duplicateItem(card(), { section: 0, item: 0 });
  assert.deepEqual(codes(copied.document)[0], ["KC-E-01", "KC-E-03", "KC-E-02"]);
  assert.deepEqual(copied.at, { section: 0, item: 1 });
  const away = shaping.moveItem(card(), { section: 0, item: 0 }, { section: 1, item: 1 });
  assert.deepEqual(codes(away.document), [["KC-E-02"], ["KC-V-01", "KC-E-01", "KC-V-07"]]);
  assert.deepEqual(
    away.document.sections?.map(({ full }) => full),
    ["5", "95"],
  );
  assert.ok(standing(away.document).exact);
  const down = shaping.moveItem(card(), { section: 0, item: 0 }, { section: 0, item: 1 });
  assert.deepEqual(codes(down.document)[0], ["KC-E-02", "KC-E-01"]);
  assert.deepEqual(down.at, { section: 0, item: 1 });
  const gone = shaping.removeItem(card(), { section: 0, item: 1 });
  assert.deepEqual(gone.at, { section: 0, item: 0 });
  const last = shaping.removeItem(gone.document, { section: 0, item: 0 });
  assert.deepEqual(last.at, { section: 0, item: null });
});

test("a section is added, moved and removed", () => {
  const added = shaping.addSection(card());
  assert.deepEqual(added.at, { section: 2, item: null });
  const up = shaping.moveSection(card(), 1, 0);
  assert.deepEqual(
    up.document.sections?.map(({ code }) => code),
    ["KC-V", "KC-E"],
  );
  const removed = shaping.removeSection(card(), 1);
  assert.deepEqual(removed.at, { section: 0, item: null });
  assert.deepEqual(shaping.addSection({ code: "K" }).document.sections?.length, 1);
});

test("a place has a number, neighbours, and room for what is dropped on it", () => {
  const document = card();
  assert.equal(numberOf({ section: 2, item: 1 }), "3.2");
  assert.equal(numberOf({ section: 2, item: null }), "3");
  assert.equal(itemAt(document, { section: 0, item: null }), undefined);
  assert.deepEqual(neighbour(document, { section: 0, item: 0 }, 1), { section: 0, item: 1 });
  assert.equal(neighbour(document, { section: 0, item: 1 }, 1), null);
  assert.deepEqual(neighbour(document, { section: 1, item: null }, -1), { section: 0, item: null });
  assert.equal(neighbour(document, { section: 0, item: null }, -1), null);
  const from = { section: 0, item: 0 };
  assert.deepEqual(landing(document, from, { section: 1, item: null }), { section: 1, item: 2 });
  assert.deepEqual(landing(document, from, { section: 0, item: null }), { section: 0, item: 1 });
  assert.deepEqual(landing(document, from, { section: 1, item: 0 }), { section: 1, item: 0 });
});
