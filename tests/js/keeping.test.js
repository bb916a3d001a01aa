import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepDocument, documentOf } from "../../static/js/store/draft_copies.js";
import { seal } from "../../static/js/store/outbox.js";
import { photoOf } from "../../static/js/store/photos.js";
import { releasePixels } from "../../static/js/store/purge.js";
import { photograph } from "./frozen.js";
import { LI, VISIT, outboxRow, visit } from "./makers.js";
import { anotherPhone, written } from "./other_phone.js";

const WEEK = 7 * 86_400_000;
const DONE = Date.parse("2026-11-18T00:00:00Z");

beforeEach(() => anotherPhone());

for (const state of /** @type {const} */ ([
  "waiting",
  "sending",
  "sign_in",
  "stopped",
  "received",
  "unusable",
]))
  test(`pixels of a visit that is ${state} stay, however old it is`, async () => {
    const hash = await photograph(50);
    const row = outboxRow({ state, photos: [hash], completed_at: new Date(DONE).toISOString() });
    await seal(visit({ state: "sealed" }), row);
    await releasePixels(LI, DONE + 100 * WEEK);
    assert.ok((await photoOf(hash))?.bytes);
  });

test("a complete visit that was opened again keeps its pixels", async () => {
  const hash = await photograph(50);
  const completed_at = new Date(DONE).toISOString();
  await seal(visit(), outboxRow({ state: "complete", photos: [hash], completed_at }));
  await releasePixels(LI, DONE + 2 * WEEK);
  assert.ok((await photoOf(hash))?.bytes, "it is a draft again");
});

test("a photo another visit still needs stays when the first is complete for long", async () => {
  const hash = await photograph(50);
  const completed_at = new Date(DONE).toISOString();
  await seal(
    visit({ state: "sealed" }),
    outboxRow({ state: "complete", photos: [hash], completed_at }),
  );
  const other = VISIT.replace("1", "2");
  const waiting = outboxRow({ visit: other, photos: [hash], content_hash: "f".repeat(64) });
  await seal(visit({ id: other, state: "sealed" }), waiting);
  await releasePixels(LI, DONE + 2 * WEEK);
  assert.ok((await photoOf(hash))?.bytes);
});

test("a completion without a readable time frees nothing", async () => {
  const hash = await photograph(50);
  await seal(
    visit({ state: "sealed" }),
    outboxRow({ state: "complete", photos: [hash], completed_at: "" }),
  );
  await releasePixels(LI, DONE + 100 * WEEK);
  assert.ok((await photoOf(hash))?.bytes);
});

test("a version laid down in the place of another takes no photo with it", async () => {
  await written("first");
  const hash = await photograph(50);
  const before = await documentOf(LI, VISIT);
  assert.ok(before);
  await keepDocument({ ...before, slots: [] }, []);
  assert.deepEqual((await documentOf(LI, VISIT))?.slots, []);
  assert.ok((await photoOf(hash))?.bytes);
});
