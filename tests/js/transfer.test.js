import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ABSENT } from "../../static/js/model/absent.js";
import { moved } from "../../static/js/model/outbox_moves.js";
import { LENGTH, codeFrom, normalCode } from "../../static/js/model/transfer_code.js";
import { copiesOf, othersIn } from "../../static/js/store/draft_copies.js";
import { changeRow, outboxOf } from "../../static/js/store/outbox.js";
import { keepUpload, photoOf, uploadsOf } from "../../static/js/store/photos.js";
import { dropPixels } from "../../static/js/store/room.js";
import { discardVisit, visitsOf } from "../../static/js/store/visits.js";
import { copies } from "../../static/js/sync/copy_states.js";
import { discardCopy, sendCopies } from "../../static/js/sync/draft_copies.js";
import { flush, outbox } from "../../static/js/sync/outbox.js";
import { bringBack } from "../../static/js/sync/restoring.js";
import { FileRefused } from "../../static/js/sync/sealed_file.js";
import { exported, imported } from "../../static/js/sync/transfer.js";
import { DraftsServer } from "./drafts_double.js";
import { photograph, sealed } from "./frozen.js";
import { LI, VISIT, ZHAO } from "./makers.js";
import { anotherPhone, noteHere, putAway, written } from "./other_phone.js";

const CODE = "7K3M-9QWX-2HRD";
const SENT = VISIT.replace("1", "2");

/** @type {DraftsServer} */
let server;

beforeEach(async () => {
  await anotherPhone();
  server = new DraftsServer();
  server.line = async () => Promise.reject(new TypeError("no network"));
  server.listen();
});
afterEach(putAway);

const SMALL = 7;

/** What makes pictures small in a browser; there is no canvas here. */
class Shrinker extends EventTarget {
  /** @param {{id: number}} asked */
  postMessage({ id }) {
    const small = { thumb: new ArrayBuffer(SMALL) };
    this.dispatchEvent(new MessageEvent("message", { data: { id, small } }));
  }
}
Object.assign(globalThis, { Worker: Shrinker, OffscreenCanvas: Shrinker });

/** A draft with a photo and a frozen visit with another, in a file. */
async function aFile() {
  await written("in the file");
  const photos = [await photograph(300), await photograph(70_000)];
  await sealed([photos[1] ?? ""], SENT);
  const { file, ...counts } = await exported(LI, CODE);
  return { file, counts, photos };
}

/** @param {Promise<unknown>} importing */
async function why(importing) {
  try {
    await importing;
    return "imported";
  } catch (error) {
    if (error instanceof FileRefused) return error.why;
    throw error;
  }
}

test("a file brings draft, queue and photos to another phone, which sends them as they were", async () => {
  const { file, counts, photos } = await aFile();
  assert.deepEqual(counts, { drafts: 1, rows: 1, photos: 2 });
  const before = await outboxOf(LI);
  await anotherPhone();
  const done = await imported(LI, file, CODE.toLowerCase().replaceAll("-", " "));
  assert.deepEqual(done, { added: 2, known: 0, beside: 0, photos: 2 });
  assert.equal(await noteHere(), "in the file");
  for (const hash of photos) assert.ok((await photoOf(hash))?.bytes);
  const [row] = await outboxOf(LI);
  assert.equal(row?.content_hash, before[0]?.content_hash);
  assert.deepEqual(row?.body, before[0]?.body);
  server.line = () => null;
  await flush();
  assert.equal(outbox.value[0]?.state, "complete");
  assert.equal(server.photos.size, 2);
});

test("exporting changes nothing on the phone", async () => {
  const { photos } = await aFile();
  assert.equal(await noteHere(), "in the file");
  assert.equal((await outboxOf(LI)).length, 1);
  for (const hash of photos) assert.ok((await photoOf(hash))?.bytes);
});

test("importing twice, also into the phone it came from, does nothing more", async () => {
  const { file } = await aFile();
  assert.deepEqual(await imported(LI, file, CODE), { added: 0, known: 2, beside: 0, photos: 2 });
  await anotherPhone();
  await imported(LI, file, CODE);
  assert.deepEqual(await imported(LI, file, CODE), { added: 0, known: 2, beside: 0, photos: 2 });
  assert.equal((await visitsOf(LI)).length, 2);
  assert.equal((await outboxOf(LI)).length, 1);
  assert.equal((await uploadsOf(LI)).length, 2);
});

test("another version of a draft here is kept beside it, never over it", async () => {
  const { file } = await aFile();
  await anotherPhone();
  await written("already here", 9);
  assert.equal((await imported(LI, file, CODE)).beside, 1);
  assert.equal(await noteHere(), "already here");
  const others = await othersIn((await copiesOf(LI)).find((row) => row.visit === VISIT));
  assert.equal(others[0]?.document.answers[0]?.note, "in the file");
  await imported(LI, file, CODE);
  assert.equal((await othersIn((await copiesOf(LI))[0])).length, 1, "once only");
});

test("every frozen attempt travels, and the newest is sent", async () => {
  const photos = [await photograph(300), await photograph(400)];
  await sealed([photos[0] ?? ""], SENT);
  const [first] = await outboxOf(LI);
  assert.ok(first);
  await changeRow(first, (row) => moved(row, "received"));
  await sealed(photos, SENT, 2);
  const { file, drafts, rows } = await exported(LI, CODE);
  assert.deepEqual({ drafts, rows }, { drafts: 0, rows: 2 });
  await anotherPhone();
  await imported(LI, file, CODE);
  await imported(LI, file, CODE);
  const kept = (await outboxOf(LI)).map(({ attempt, state }) => [attempt, state]);
  assert.deepEqual(kept.sort(), [
    [1, "received"],
    [2, "waiting"],
  ]);
  const [visit] = await visitsOf(LI);
  assert.deepEqual([visit?.attempt, visit?.state], [2, "sealed"]);
  server.line = () => null;
  await flush();
  assert.deepEqual([...server.visits.keys()], [`${SENT} 2`]);
  assert.equal(server.photos.size, 2);
});

test("what was submitted on the other phone is sent from here, beside the draft that was here first", async () => {
  await written("submitted");
  const photo = await photograph(300);
  await sealed([photo]);
  const { file } = await exported(LI, CODE);
  await anotherPhone();
  await written("already here", 9);
  assert.equal((await imported(LI, file, CODE)).beside, 1);
  assert.equal(await noteHere(), "already here");
  assert.equal((await visitsOf(LI))[0]?.state, "draft");
  server.line = () => null;
  await flush();
  assert.equal(outbox.value[0]?.state, "complete");
  const [other] = await othersIn((await copiesOf(LI))[0]);
  assert.ok(other);
  await bringBack(LI, other.document);
  assert.equal(await noteHere(), "submitted");
  assert.equal((await visitsOf(LI))[0]?.state, "draft", "it can be filled in");
});

test("a photo nobody here had is queued once a file brings it", async () => {
  const { file, photos } = await aFile();
  const hash = photos[0] ?? "";
  await anotherPhone();
  await imported(LI, file, CODE);
  const gone = (await uploadsOf(LI)).find((row) => row.sha256 === hash);
  assert.ok(gone);
  await keepUpload({ ...gone, state: "refused", problem: ABSENT });
  await dropPixels([hash]);
  await imported(LI, file, CODE);
  server.line = () => null;
  await flush();
  assert.ok(server.photos.has(hash));
});

test("a photo that came in a file is kept small beside itself", async () => {
  const { file, photos } = await aFile();
  await anotherPhone();
  await imported(LI, file, CODE);
  const kept = await photoOf(photos[1] ?? "");
  assert.deepEqual([kept?.bytes?.byteLength, kept?.thumb.byteLength], [70_000, SMALL]);
});

test("a draft thrown away and brought back from its file is copied again", async () => {
  const { file } = await aFile();
  server.line = () => null;
  await sendCopies();
  await discardVisit(VISIT);
  await discardCopy(LI, VISIT);
  await sendCopies();
  assert.deepEqual(server.listedDrafts(), []);
  await imported(LI, file, CODE);
  await sendCopies();
  await sendCopies();
  assert.ok(copies.value.get(VISIT)?.sent_at);
  assert.deepEqual(
    server.listedDrafts().map((draft) => draft.visit),
    [VISIT],
  );
});

test("another person's file, a wrong code and somebody else's file are refused", async () => {
  const { file } = await aFile();
  assert.equal(await why(imported(ZHAO, file, CODE)), "another_account");
  await anotherPhone();
  assert.equal(await why(imported(LI, file, "7K3M-9QWX-2HRE")), "wrong_code");
  assert.equal(await why(imported(LI, new Blob(["PK\u0003\u0004 a zip"]), CODE)), "not_ours");
  assert.equal(await why(imported(LI, new Blob([]), CODE)), "not_ours");
  assert.deepEqual(await visitsOf(LI), []);
});

test("cut anywhere or changed anywhere, a file is refused whole", async () => {
  const { file } = await aFile();
  const bytes = new Uint8Array(await file.arrayBuffer());
  await anotherPhone();
  for (let share = 0; share < 1; share += 0.21) {
    const at = Math.floor(share * bytes.length);
    assert.notEqual(await why(imported(LI, new Blob([bytes.slice(0, at)]), CODE)), "imported");
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.notEqual(await why(imported(LI, new Blob([changed]), CODE)), "imported", String(at));
  }
  assert.equal(await why(imported(LI, new Blob([bytes, new Uint8Array(1)]), CODE)), "damaged");
  assert.deepEqual(await visitsOf(LI), []);
  assert.deepEqual(await outboxOf(LI), []);
});

test("nothing readable lies in the file", async () => {
  const { file } = await aFile();
  const text = Buffer.from(await file.arrayBuffer()).toString("latin1");
  for (const told of ["in the file", LI, VISIT, "sha256"]) assert.ok(!text.includes(told), told);
});

test("a code has 60 bits and forgives how it is typed; own words stay as they are", () => {
  const made = codeFrom(Uint8Array.from({ length: LENGTH }, (_, at) => at * 19));
  assert.match(made, /^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(normalCode(made.toLowerCase().replaceAll("-", "")), made);
  assert.equal(normalCode("O" + made.slice(1)), normalCode("0" + made.slice(1)));
  assert.equal(normalCode(" 兰州 拉面 很好吃 "), "兰州 拉面 很好吃");
});
