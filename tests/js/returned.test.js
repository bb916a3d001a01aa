import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { documentOf } from "../../static/js/store/draft_copies.js";
import { uploadsOf } from "../../static/js/store/photos.js";
import { fetchReturned } from "../../static/js/sync/returned.js";
import { LI, NOON, VISIT, assignment } from "./makers.js";
import { anotherPhone, putAway } from "./other_phone.js";
import { json } from "./server_double.js";

const PHOTO = { sha256: "a".repeat(64), item: "KC-E-01", position: 0, bytes: 300 };
const TAKEN = { width: 4, height: 3, origin: "camera", taken_at: NOON };
const SENT = {
  answers: [{ item: "KC-E-01", verdict: "loss", count: 2, photos: [PHOTO.sha256] }],
  photos: [{ ...PHOTO, ...TAKEN }],
  remarks: [{ at: NOON, text: "台阶有积雪" }],
};

beforeEach(async () => {
  await anotherPhone();
  globalThis.fetch = async () => json(200, SENT);
});
afterEach(putAway);

const fetchIt = () =>
  fetchReturned(LI, assignment(), { visit: VISIT, attempt: 1, reason: "照片不清" });

test("a returned visit comes back as its next attempt, with answers, photos and remarks", async () => {
  await fetchIt();
  const document = await documentOf(LI, VISIT);
  assert.ok(document);
  const { visit, answers, slots, captures } = document;
  assert.deepEqual([visit.attempt, visit.state, visit.return_reason], [2, "draft", "照片不清"]);
  assert.deepEqual([answers[0]?.count, slots[0]?.size], [2, 300]);
  assert.deepEqual(
    captures.map(({ kind, text }) => [kind, text]),
    [["note", "台阶有积雪"]],
  );
  const uploads = (await uploadsOf(LI)).map((row) => [row.state, row.offset, row.visit]);
  assert.deepEqual(uploads, [["here", 300, VISIT]]);
});

test("cut short, nothing of a returned visit is here, so that it is fetched again whole", async (context) => {
  const { put } = globalThis.IDBObjectStore.prototype;
  const cut = context.mock.method(globalThis.IDBObjectStore.prototype, "put", function (...args) {
    if (this.name === "captures") throw new DOMException("killed", "UnknownError");
    return put.apply(this, args);
  });
  await assert.rejects(fetchIt(), /killed/);
  assert.equal(await documentOf(LI, VISIT), undefined);
  cut.mock.restore();
  await fetchIt();
  assert.equal((await documentOf(LI, VISIT))?.captures.length, 1);
});
