/** @import {LineDraft} from "../../static/js/types.js" */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import {
  bodyOf,
  emptyDraft,
  lacks,
  recalled,
  saysSomething,
  withPhrase,
} from "../../static/js/model/line_draft.js";
import { draftsOf } from "../../static/js/store/line_drafts.js";
import { photoOf } from "../../static/js/store/photos.js";
import { hasUnsent } from "../../static/js/store/purge.js";
import { draftedLines } from "../../static/js/sync/noted.js";
import {
  addLinePhotos,
  deskFaults,
  deskSettled,
  draftFor,
  lineDrafts,
  put,
  recallDrafts,
  removeLineFile,
} from "../../static/js/sync/line_desk.js";
import { sendDraft, takeUpAgain } from "../../static/js/sync/line_sending.js";
import {
  flushSendings,
  lineSending,
  recallSendings,
  sendings,
} from "../../static/js/sync/sendings.js";
import { recallNotices } from "../../static/js/sync/store_notices.js";
import { LI } from "./makers.js";
import { headOnly, json, nobody, problem } from "./server_double.js";
import "./shrinker.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer } from "./store_makers.js";

/** @type {StoreServer} */
let server;
/** Photos that arrived whole. @type {Set<string>} */
let photos;

beforeEach(async () => {
  await signedIn();
  photos = new Set();
  server = new StoreServer();
  server.line = line;
  server.listen();
  lineDrafts.value = [];
  await Promise.all([recallNotices(LI), recallSendings(LI), recallDrafts(LI)]);
});
afterEach(signedOut);

/** Takes photos; everything else is the notices' server's.
 * @param {{method: string, path: string}} request
 */
function line({ method, path }) {
  const sha256 = path.startsWith("/api/photos/") ? path.slice(12) : "";
  if (!sha256) return null;
  if (method === "HEAD") return Promise.resolve(headOnly(404));
  photos.add(sha256);
  return Promise.resolve(json(200, { offset: 1e9, complete: true }));
}

/** @param {string} name */
const picture = (name) => new File([`pixels of ${name}`], `${name}.jpg`);

const mine = (/** @type {LineDraft["kind"]} */ kind = "reply") => draftFor(LI, NOTICE, 1, kind);

/** @param {Partial<LineDraft>} [facts] */
const draft = (facts = {}) => ({
  ...emptyDraft({ id: "d", account: LI, notice: NOTICE, line: 1, kind: "reply" }),
  ...facts,
});

test("what is typed while the drafts are read stays", async () => {
  const reading = recallDrafts(LI);
  put(mine(), { text: "typed meanwhile" });
  await reading;
  assert.equal(mine().text, "typed meanwhile");
  await deskSettled();
  await recallDrafts(LI);
  assert.equal(mine().text, "typed meanwhile");
});

test("what was read is shown, but for what changed or went since", () => {
  const [old, gone, other] = ["old", "gone", "other"].map((id) => draft({ id }));
  const typed = draft({ id: "old", text: "more" });
  const ids = (/** @type {LineDraft[]} */ drafts) => drafts.map(({ id, text }) => `${id} ${text}`);
  assert.deepEqual(ids(recalled([old, gone], [typed], [old, gone, other])), ["other ", "old more"]);
  assert.deepEqual(ids(recalled([old], [old], [other])), ["other "]);
});

test("what lacks is named, and nothing else keeps a draft from being sent", () => {
  assert.deepEqual(lacks(draft(), true), ["text", "photo"]);
  assert.deepEqual(lacks(draft({ text: "好了" }), false), []);
  assert.deepEqual(lacks(draft({ text: "好".repeat(501) }), false), ["long"]);
  assert.deepEqual(lacks(draft({ kind: "appeal", text: "不符" }), true), ["ground"]);
  assert.equal(saysSomething(draft({ hours: 72 })), false);
  assert.equal(saysSomething(draft({ cause: "x" })), true);
});

test("a phrase is put in with a tap and taken out with another", () => {
  assert.equal(withPhrase("", "已修复"), "已修复");
  assert.equal(withPhrase("换了灯", "已更换"), "换了灯\n已更换");
  assert.equal(withPhrase("换了灯\n已更换", "已更换"), "换了灯");
});

test("photos carry the server's time, also where the phone's clock is wrong", () => {
  const taken = {
    sha256: "a",
    origin: /** @type {const} */ ("camera"),
    size: 1,
    taken_at: "2026-11-18T04:00:00.000Z",
  };
  const body = bodyOf(draft({ text: " 好了 ", photos: [taken] }), 3_600_000);
  assert.deepEqual(body, {
    ...{ format: 1, cause: "", measure: "好了", prevention: "" },
    photos: [{ sha256: "a", origin: "camera", taken_at: "2026-11-18T05:00:00.000Z" }],
  });
  const then = bodyOf(draft({ text: "好了", on_the_spot: true }), 0);
  assert.deepEqual(then, {
    ...{ format: 1, cause: "", measure: "好了", prevention: "", on_the_spot: true, photos: [] },
  });
  assert.deepEqual(bodyOf(draft({ kind: "extension", text: "在途", hours: 48 }), 0), {
    format: 1,
    hours: 48,
    reason: "在途",
  });
  assert.deepEqual(
    bodyOf(draft({ kind: "appeal", text: "x", ground: "facts", photos: [taken] }), 0),
    { format: 1, ground: "facts", text: "x", photos: ["a"], documents: [] },
  );
});

test("every change is on the phone right after, and an emptied draft is none", async () => {
  put(mine(), { text: "换" });
  put(mine(), { text: "换了灯" });
  put(mine("appeal"), { ground: "facts" });
  assert.ok(await deskSettled());
  lineDrafts.value = [];
  await recallDrafts(LI);
  assert.equal(mine().text, "换了灯");
  assert.equal(mine("appeal").ground, "facts");
  assert.ok(draftedLines.value.has(`${NOTICE}/1`));
  assert.equal(await hasUnsent(LI), true);
  put(mine(), { text: " " });
  put(mine("appeal"), { ground: "" });
  await deskSettled();
  assert.deepEqual(await draftsOf(LI), []);
});

test("photos are made small, kept with the draft, and sent before what names them", async () => {
  put(mine(), { text: "换了灯" });
  await addLinePhotos(mine(), [picture("a")], "camera");
  const [photo] = mine().photos;
  assert.ok(photo);
  assert.ok((await photoOf(photo.sha256))?.bytes);
  server.asked = [];
  await sendDraft(mine(), "1号");
  await flushSendings();
  assert.equal(sendings.value[0]?.state, "received");
  const order = server.asked
    .filter((asked) => /^(PATCH|PUT)/.test(asked))
    .map((asked) => asked.split("/")[2]);
  assert.deepEqual([...new Set(order)].at(-1), "store-notices");
  assert.ok(photos.has(photo.sha256));
});

test("a second tap, before the first is done or after, sends nothing more", async () => {
  put(mine(), { text: "换了灯" });
  const drawn = mine();
  await Promise.all([sendDraft(drawn, "1号"), sendDraft(drawn, "1号")]);
  await sendDraft(drawn, "1号");
  assert.equal(sendings.value.length, 1);
});

test("a photo that cannot be sent yet keeps the reply back, not the other way round", async () => {
  put(mine(), { text: "换了灯" });
  await addLinePhotos(mine(), [picture("a")], "camera");
  server.line = (request) => (request.path.includes("photos") ? nobody() : null);
  photos.clear();
  await sendDraft(mine(), "1号");
  await flushSendings();
  assert.equal(server.sendings.size, 0);
  assert.equal(lineSending(NOTICE, 1)?.state, "waiting");
  server.line = line;
  await flushSendings({ by: "person" });
  assert.equal(server.sendings.size, 1);
});

test("a file that is no photo is named, and the others are kept", async () => {
  await addLinePhotos(mine(), [new File([], "note.txt"), picture("a")], "gallery");
  assert.deepEqual(
    deskFaults.value.map(({ name }) => name),
    ["note.txt"],
  );
  assert.equal(mine().photos.length, 1);
});

test("a photo taken away leaves the phone, unless something sent names it", async () => {
  put(mine(), { text: "x" });
  await addLinePhotos(mine(), [picture("a")], "camera");
  const [photo] = mine().photos;
  assert.ok(photo);
  server.line = nobody;
  await sendDraft(mine(), "1号");
  put(mine(), { text: "y", photos: [photo] });
  await removeLineFile(mine(), photo);
  assert.ok(await photoOf(photo.sha256), "the reply on its way still needs it");
});

test("a draft is a draft, or surely on its way", async () => {
  server.line = nobody;
  put(mine(), { text: "换了灯" });
  await sendDraft(mine(), "1号");
  assert.deepEqual(await draftsOf(LI), []);
  await recallSendings(LI);
  assert.equal(sendings.value.length, 1);
  const [row] = sendings.value;
  assert.ok(row);
  const hash = createHash("sha256").update(row.body).digest("hex");
  assert.equal(row.content_hash, hash);
  assert.equal(row.path, `/api/store-notices/${NOTICE}/lines/1/replies/${row.id}`);
});

test("what was refused is taken up again as it was written, and goes under a new id", async () => {
  server.line = ({ method }) =>
    method === "PUT" ? Promise.resolve(problem(422, "rectification.reply_refused")) : null;
  put(mine(), { text: "换了灯", cause: "老化" });
  await sendDraft(mine(), "1号");
  await flushSendings();
  const stopped = lineSending(NOTICE, 1);
  assert.equal(stopped?.state, "stopped");
  assert.ok(stopped);
  await takeUpAgain(stopped);
  assert.equal(mine().cause, "老化");
  assert.equal(lineSending(NOTICE, 1), undefined);
  server.line = line;
  await sendDraft(mine(), "1号");
  await flushSendings();
  assert.equal(server.sendings.size, 1);
  assert.ok(!server.sendings.has(stopped.id));
});
