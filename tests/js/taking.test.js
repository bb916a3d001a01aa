import "fake-indexeddb/auto";
import "./shrinker.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openDraft } from "../../static/js/store/open_draft.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { keepNewVisit, visitHere } from "../../static/js/store/visits.js";
import { addPhoto } from "../../static/js/sync/photos.js";
import {
  addPhotos,
  dismiss,
  faults,
  homeless,
  keepHomeless,
  ofVisit,
  photosSettled,
  shrinking,
  waitsForPhotos,
} from "../../static/js/sync/taking.js";
import { submitVisit } from "../../static/js/sync/visits.js";
import { KC, LI, VISIT, row, visit } from "./makers.js";
import { Server } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";
import { desk, layDown } from "../../static/js/views/drafts/desk.js";

beforeEach(async () => {
  await signedIn();
  new Server().listen();
});
afterEach(async () => {
  homeless.value = [];
  faults.value = [];
  await signedOut();
});

const OTHER = VISIT.replace("1", "2");

const ITEM = "KC-E-01";

/** Li's draft, opened, with a loss to prove. */
async function opened(id = VISIT) {
  await keepNewVisit(visit({ id, assignment: id }));
  const stored = await visitHere(LI, id);
  assert.ok(stored);
  const draft = openDraft(stored, KC);
  draft.put([row(ITEM, { visit: id, verdict: "loss", count: 1 })]);
  await draft.settled();
  return draft;
}

/** @param {string} words another picture for other words */
const file = (words) => new File([words], `${words}.jpg`);

test("a photo still being made small goes along with the visit", async () => {
  const draft = await opened();
  const adding = addPhoto(draft, ITEM, file("steps"), "camera");
  await submitVisit(draft);
  const { sha256 } = await adding;
  assert.deepEqual((await outboxOf(LI))[0]?.photos, [sha256]);
});

test("nothing is added to a visit that was submitted meanwhile", async () => {
  const draft = await opened();
  const submitting = submitVisit(draft);
  const late = addPhoto(draft, ITEM, file("late"), "camera");
  await submitting;
  await assert.rejects(late, { reason: "submitted" });
  assert.deepEqual((await visitHere(LI, VISIT))?.slots, []);
});

test("what becomes of photos at one store is not told of another with the same card", async () => {
  const [here, there] = [await opened(), await opened(OTHER)];
  const adding = addPhotos(here, ITEM, [file("")], "camera");
  const busy = [here, there].map((draft) => ofVisit(shrinking.value, draft, ITEM).length);
  assert.deepEqual(busy, [1, 0]);
  await adding;
  assert.deepEqual(
    [here, there].map((draft) => ofVisit(faults.value, draft, ITEM).length),
    [1, 0],
  );
  const [fault] = faults.value;
  assert.equal(fault?.reason, "empty");
  if (fault) dismiss(fault);
  assert.deepEqual(faults.value, []);
});

test("until it has a place in the database a photo counts as not kept, and holds up its visit alone", async (context) => {
  const [here, there] = [await opened(), await opened(OTHER)];
  const full = context.mock.method(globalThis.IDBObjectStore.prototype, "put", () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const adding = addPhotos(here, ITEM, [file("steps"), file("door")], "camera");
  assert.deepEqual([here, there].map(waitsForPhotos), [true, false]);
  assert.equal(await photosSettled(), false);
  assert.deepEqual(await adding, []);
  assert.deepEqual([here, there].map(waitsForPhotos), [true, false]);
  full.mock.restore();
  const again = keepHomeless();
  assert.ok(waitsForPhotos(here), "while it is tried again, too");
  assert.equal(await photosSettled(), true);
  assert.equal((await again).length, 2);
  assert.equal(waitsForPhotos(here), false);
  assert.equal((await visitHere(LI, VISIT))?.slots.length, 2);
});

test("a photo kept for a visit taken up again meanwhile is on the screen, once", async () => {
  const before = await opened();
  const kept = await addPhotos(before, ITEM, [file("steps")], "camera");
  const stored = await visitHere(LI, VISIT);
  assert.ok(stored);
  const now = openDraft({ ...stored, slots: [] }, KC);
  desk.value = { visit: VISIT, state: "open", draft: now };
  layDown(kept);
  layDown(kept);
  assert.deepEqual(now.slots.value, kept);
  layDown([{ ...kept[0], visit: OTHER }].filter((slot) => slot !== undefined));
  assert.equal(now.slots.value.length, 1);
});
