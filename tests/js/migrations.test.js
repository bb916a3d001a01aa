import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB, openDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { assignmentsOf, historyOf } from "../../static/js/store/fetched.js";
import { readMeta } from "../../static/js/store/meta.js";
import { STEPS, VERSION } from "../../static/js/store/migrations.js";
import { changeRow, outboxOf } from "../../static/js/store/outbox.js";
import { moveSlot, photoOf, smallOf, uploadsOf } from "../../static/js/store/photos.js";
import { rubricOf } from "../../static/js/store/rubrics.js";
import { sealPlain } from "../../static/js/store/sweep.js";
import { forget } from "../../static/js/store/vault.js";
import { keepVisit, visitHere, visitsOf } from "../../static/js/store/visits.js";
import { CANARIES, PHOTO, PIXELS, SENT, THUMB, dumped, recordFirst } from "./first_database.js";
import { LI, VISIT, ZHAO, row } from "./makers.js";

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
});
afterEach(close);

/** Everything of Li's, as the app reads it. */
async function everything() {
  return {
    draft: await visitHere(LI, VISIT),
    visits: await visitsOf(LI),
    others: await visitsOf(ZHAO),
    photos: await Promise.all([photoOf(PHOTO), photoOf("b".repeat(64))]),
    small: await smallOf(PHOTO),
    uploads: await uploadsOf(LI),
    outbox: await outboxOf(LI),
    assignments: await assignmentsOf(LI),
    history: await historyOf(LI),
    rubric: await rubricOf("d".repeat(64)),
    clock: await readMeta("clock"),
  };
}

test("a database of the first version opens with everything in it", async () => {
  await recordFirst();
  const { draft, visits, photos, outbox, uploads, others, clock } = await everything();
  assert.ok(draft);
  assert.deepEqual([draft.visit.saves, draft.visit.at?.item], [12, "KC-E-01"]);
  const notes = draft.rows.map((one) => one.note || one.verdict);
  assert.deepEqual([notes, draft.slots.length], [["台阶有积雪", "pass"], 2]);
  assert.deepEqual(photos[0]?.bytes, PIXELS);
  assert.deepEqual([visits.length, others.length, uploads.length, clock], [2, 1, 2, 4200]);
  assert.deepEqual([outbox[0]?.visit, outbox[0]?.tries], [SENT, 3]);
});

test("the sweep seals every row and changes none", async () => {
  await recordFirst();
  const before = await everything();
  const plain = await openDB("mingcha");
  const words = await dumped(plain);
  assert.deepEqual(
    CANARIES.filter((canary) => !words.includes(canary)),
    [],
  );
  await sealPlain();
  await sealPlain();
  assert.deepEqual(await everything(), before);
  const after = await dumped(plain);
  plain.close();
  assert.deepEqual(
    [...CANARIES, "JPEG像素", "缩略图"].filter((canary) => after.includes(canary)),
    [],
  );
});

test("open rows go on being written, moved and sent before the sweep has reached them", async () => {
  await recordFirst();
  const draft = await visitHere(LI, VISIT);
  const slot = draft?.slots.find((one) => one.sha256 === PHOTO);
  assert.ok(draft && slot);
  await moveSlot(slot, { ...slot, item: "KC-E-02", position: 4 });
  await keepVisit({ ...draft.visit, saves: 13 }, [row("KC-E-03", { note: "新" })]);
  const [waiting] = await outboxOf(LI);
  assert.ok(waiting);
  await changeRow(waiting, (now) => ({ ...now, state: "sending" }));
  await sealPlain();
  const again = await visitHere(LI, VISIT);
  assert.deepEqual([again?.visit.saves, again?.rows.length], [13, 3]);
  const moved = again?.slots.find((one) => one.sha256 === PHOTO);
  assert.deepEqual(moved, { ...slot, item: "KC-E-02", position: 4 });
  assert.equal((await outboxOf(LI))[0]?.state, "sending");
});

test("a row changed while the sweep works is not overwritten", async () => {
  await recordFirst();
  const draft = await visitHere(LI, VISIT);
  assert.ok(draft);
  const sweeping = sealPlain();
  await keepVisit({ ...draft.visit, saves: 99 }, [row("KC-E-01", { note: "改过" })]);
  await sweeping;
  const again = await visitHere(LI, VISIT);
  assert.deepEqual([again?.visit.saves, again?.rows[0]?.note], [99, "改过"]);
});

test("the app of version 1 still opens the newer database and destroys nothing", async () => {
  await recordFirst();
  await sealPlain();
  const before = await everything();
  await close();
  const first = openDB("mingcha", 1, { upgrade: (db) => STEPS[0]?.(/** @type {any} */ (db)) });
  await assert.rejects(first, { name: "VersionError" });
  // Its way on: whatever version there is.
  const old = await openDB("mingcha", undefined);
  assert.equal(old.version, VERSION);
  await old.put("answers", row("KC-E-09", { note: "旧版写的" }));
  await old.delete("meta", "clock");
  old.close();
  forget();
  const after = await everything();
  assert.equal(after.draft?.rows.find((one) => one.item === "KC-E-09")?.note, "旧版写的");
  after.draft?.rows.pop();
  assert.deepEqual({ ...after, clock: 4200 }, before);
});

test("sealing goes on after the system cleared the storage under an open page", async () => {
  await recordFirst();
  const draft = await visitHere(LI, VISIT);
  assert.ok(draft);
  await keepVisit(draft.visit, draft.rows);
  await close();
  await deleteDB("mingcha");
  await keepVisit(draft.visit, draft.rows);
  // The page is opened anew.
  await close();
  forget();
  assert.deepEqual(await visitHere(LI, VISIT), { ...draft, slots: [] });
});

test("a photo small is opened without the large one", async (context) => {
  await recordFirst();
  await sealPlain();
  const decrypt = context.mock.method(crypto.subtle, "decrypt");
  assert.deepEqual(await smallOf(PHOTO), THUMB);
  assert.equal(decrypt.mock.callCount(), 1);
});
