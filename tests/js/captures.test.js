import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB, openDB } from "../../static/vendor/idb.js";
import {
  itemOf as placeOf,
  newCapture,
  timeline,
  withCapture,
  withoutCapture,
} from "../../static/js/model/capture.js";
import { capturesOf, dropCapture, keepCapture } from "../../static/js/store/captures.js";
import { close } from "../../static/js/store/database.js";
import { openDraft } from "../../static/js/store/open_draft.js";
import { forget } from "../../static/js/store/vault.js";
import { learn } from "../../static/js/wording/say.js";
import { remarksOf, wordsOf } from "../../static/js/views/captures/words.js";
import { KC, LI, VISIT, ZHAO, itemOf, row, slot, visit } from "./makers.js";

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
  await learn("form");
});
afterEach(close);

/** @param {string} minute */
const at = (minute) => `2026-11-18T04:${minute}:00.000Z`;
const SPOTS = itemOf(KC, "KC-E-01");
const OWNER = { visit: VISIT, account: LI };

/** @param {Partial<ReturnType<typeof newCapture>>} [facts] */
function capture(facts = {}) {
  return newCapture({ id: "c1", ...OWNER, kind: "note", at: at("09"), text: "牌子被挡", ...facts });
}

test("what was noted comes back as it was, and only to whoever noted it", async () => {
  await keepCapture(capture());
  await keepCapture(capture({ id: "c2", kind: "tally", count: 3 }));
  assert.deepEqual(await capturesOf(LI, VISIT), [
    capture(),
    capture({ id: "c2", kind: "tally", count: 3 }),
  ]);
  assert.deepEqual(await capturesOf(ZHAO, VISIT), []);
});

test("nothing of it can be read in the database", async () => {
  await keepCapture(capture());
  const db = await openDB("mingcha");
  const [kept] = await db.getAll("captures");
  db.close();
  assert.equal(kept.sealed.bytes.byteLength > 0, true);
  const open = Object.entries(kept).filter(([field]) => field !== "sealed");
  assert.ok(!JSON.stringify(open).includes("牌子"));
});

test("the last of two quick writes of the same entry stays, and one thrown away is gone", async () => {
  const writes = [1, 2, 3, 4, 5].map((count) => keepCapture(capture({ kind: "tally", count })));
  void dropCapture(capture({ id: "other" }));
  await Promise.all(writes);
  assert.equal((await capturesOf(LI, VISIT))[0]?.count, 5);
  void dropCapture(capture());
  assert.deepEqual(await capturesOf(LI, VISIT), []);
});

test("put with an item, words join its note and the time counts as when it was seen", () => {
  const noted = row(SPOTS.code, { note: "台阶" });
  const placed = withCapture(noted, SPOTS, capture(), "牌子被挡");
  assert.deepEqual([placed?.note, placed?.observed_at], ["台阶；牌子被挡", at("09")]);
  const later = placed && withCapture(placed, SPOTS, capture({ at: at("30") }), "sign");
  assert.deepEqual([later?.note, later?.observed_at], ["台阶；牌子被挡；sign", at("09")]);
});

test("taken off again, it leaves the answer as it was", () => {
  for (const note of ["", "台阶", "dirty steps"]) {
    const before = row(SPOTS.code, { note, observed_at: "" });
    const placed = withCapture(before, SPOTS, capture(), "牌子被挡");
    assert.ok(placed);
    assert.deepEqual(withoutCapture(placed, capture(), "牌子被挡"), before);
  }
});

test("words the inspector changed meanwhile stay when it is taken off", () => {
  const placed = row(SPOTS.code, { note: "牌子歪了；还脏", observed_at: at("09") });
  assert.equal(withoutCapture(placed, capture(), "牌子被挡").note, "牌子歪了；还脏");
});

test("a photo without words brings only its time", () => {
  const placed = withCapture(row(SPOTS.code), SPOTS, capture({ text: "", kind: "photo" }), "");
  assert.deepEqual([placed?.note, placed?.observed_at], ["", at("09")]);
});

test("a note without room is not cut off", () => {
  const full = row(SPOTS.code, { note: "x".repeat(497) });
  assert.equal(withCapture(full, SPOTS, capture(), "牌子被挡"), null);
});

test("a count becomes the number of spots, but never over one already entered", () => {
  const tally = capture({ kind: "tally", count: 4, text: "" });
  assert.equal(withCapture(row(SPOTS.code), SPOTS, tally, "计数 4")?.count, 4);
  assert.equal(withCapture(row(SPOTS.code, { count: 2 }), SPOTS, tally, "计数 4")?.count, 2);
});

test("the timeline has photos without an entry, and forgets entries whose photo is gone", () => {
  const entry = capture({ id: "p", kind: "photo", text: "", sha256: "b".repeat(64) });
  const worded = { ...entry, id: "q", text: "歪的", sha256: "c".repeat(64) };
  const bare = slot("", { sha256: "d".repeat(64), taken_at: at("01") });
  const shown = timeline([entry, worded, capture({ at: at("05") })], [bare], OWNER);
  assert.deepEqual(
    shown.map((one) => [one.kind, one.at]),
    [
      ["photo", at("01")],
      ["note", at("05")],
      ["photo", at("09")],
    ],
  );
});

test("a photo belongs where its place says, however it got there", () => {
  const photo = capture({ kind: "photo", sha256: "b".repeat(64) });
  assert.equal(placeOf(photo, [slot("KC-E-02", { sha256: "b".repeat(64) })]), "KC-E-02");
  assert.equal(placeOf(photo, [slot("", { sha256: "b".repeat(64) })]), "");
});

test("what belongs to no item goes along as remarks in words, and nothing of it is left behind", () => {
  const draft = openDraft(
    { visit: visit(), rows: [], slots: [slot("KC-E-02", { sha256: "b".repeat(64) })] },
    KC,
  );
  const stopped = at("14");
  const remarks = remarksOf(draft, [
    capture({ id: "1", at: at("20"), text: "保安指路" }),
    capture({ id: "2", item: "KC-E-01" }),
    capture({ id: "3", kind: "tally", text: "排队的人", count: 6, at: at("11") }),
    capture({
      id: "4",
      kind: "watch",
      text: "",
      at: at("12"),
      stopped_at: stopped,
      laps: [at("13")],
    }),
    capture({ id: "5", kind: "watch", text: "", at: at("15") }),
    capture({ id: "6", kind: "photo", text: "", sha256: "a".repeat(64) }),
    capture({ id: "7", kind: "photo", text: "柜台", sha256: "b".repeat(64), at: at("16") }),
  ]);
  assert.deepEqual(remarks, [
    { at: at("11"), text: "排队的人 计数 6" },
    { at: at("12"), text: "用时 2:00（计次 1:00）" },
    { at: at("15"), text: "秒表 12:15 起，没有按停" },
    { at: at("16"), text: "柜台" },
    { at: at("20"), text: "保安指路" },
  ]);
  assert.equal(wordsOf(capture({ text: "  " })), "");
});
