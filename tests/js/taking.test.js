import "fake-indexeddb/auto";
import "./shrinker.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openDraft } from "../../static/js/store/open_draft.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { keepNewVisit, visitHere } from "../../static/js/store/visits.js";
import { addPhoto } from "../../static/js/sync/photos.js";
import { submitVisit } from "../../static/js/sync/visits.js";
import { KC, LI, VISIT, row, visit } from "./makers.js";
import { Server } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";

beforeEach(async () => {
  await signedIn();
  new Server().listen();
});
afterEach(signedOut);

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
