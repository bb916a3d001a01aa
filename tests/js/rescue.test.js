import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB } from "../../static/vendor/idb.js";
import { newCapture } from "../../static/js/model/capture.js";
import { capturesOf, keepCapture } from "../../static/js/store/captures.js";
import { cleared, close } from "../../static/js/store/database.js";
import { openDraft } from "../../static/js/store/open_draft.js";
import { keepNewVisit, visitHere } from "../../static/js/store/visits.js";
import { deviceId } from "../../static/js/sync/device.js";
import { rescue } from "../../static/js/sync/rescue.js";
import { KC, LI, NOON, VISIT, row, visit } from "./makers.js";
import { signedIn, signedOut } from "./signed_in.js";

beforeEach(async () => {
  await signedIn();
  cleared.value = "no";
});
afterEach(signedOut);

/** @param {string} id @param {Partial<ReturnType<typeof newCapture>>} facts */
function capture(id, facts) {
  return newCapture({ id, visit: VISIT, account: LI, kind: "note", at: NOON, ...facts });
}

test("what the system clears under an open visit is written again, notes and a running stopwatch included", async () => {
  await keepNewVisit(visit());
  const stored = await visitHere(LI, VISIT);
  assert.ok(stored);
  const draft = openDraft(stored, KC);
  draft.put([row("KC-E-01", { verdict: "loss", count: 2 })]);
  await draft.settled();
  const noted = [capture("c1", { text: "牌子被挡" }), capture("c2", { kind: "watch" })];
  for (const one of noted) await keepCapture(one);
  await close();
  await deleteDB("mingcha");
  await rescue(draft, () => noted);
  assert.equal(cleared.value, "written again");
  const again = await visitHere(LI, VISIT);
  assert.deepEqual([again?.visit.saves, again?.rows[0]?.count], [1, 2]);
  assert.deepEqual(await capturesOf(LI, VISIT), noted);
});

test("a phone whose storage was cleared under an open page is still the same device", async () => {
  const mine = await deviceId();
  await close();
  await deleteDB("mingcha");
  assert.equal(await deviceId(), mine);
});
