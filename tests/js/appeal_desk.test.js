/** @import {StoreAppeal} from "../../static/js/types.js" */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { MOST_FILES, bodyOf, lacks, roomIn } from "../../static/js/model/line_draft.js";
import { photoOf } from "../../static/js/store/photos.js";
import { appealSendings, letBe, messageFor, takeBack } from "../../static/js/sync/appeal_desk.js";
import {
  addLinePhotos,
  addPapers,
  deskFaults,
  deskSettled,
  lineDrafts,
  put,
  recallDrafts,
} from "../../static/js/sync/line_desk.js";
import { sendDraft, takeUpAgain } from "../../static/js/sync/line_sending.js";
import { draftedLines } from "../../static/js/sync/noted.js";
import {
  flushSendings,
  lineSending,
  recallSendings,
  sendings,
} from "../../static/js/sync/sendings.js";
import { LI } from "./makers.js";
import { headOnly, json, nobody, problem } from "./server_double.js";
import "./shrinker.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer } from "./store_makers.js";

const APPEAL = "fedcba9876543210fedcba9876543210";
const WHERE = `/api/store-notices/${NOTICE}/lines/1`;
const FILES = { k: 1, kind: "photo", name: "", size: 1, ready: true };

/** @param {Partial<StoreAppeal>} [facts] */
const appeal = (facts = {}) =>
  /** @type {StoreAppeal} */ (
    /** @type {unknown} */ ({
      ...{ id: APPEAL, notice: NOTICE, line: 1, number: "1号", version: 3, files: [FILES] },
      ...facts,
    })
  );

const mine = () => messageFor(LI, appeal());
const pdf = () => new File(["%PDF-1.7\n值班\n%%EOF\n"], "值班.pdf");

/** @type {StoreServer} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  server.line = files;
  server.listen();
  lineDrafts.value = [];
  await Promise.all([recallSendings(LI), recallDrafts(LI)]);
});
afterEach(signedOut);

/** Takes files; everything else is the notices' server's.
 * @param {{method: string, path: string}} request
 */
function files({ method, path }) {
  if (!/^\/api\/(photos|appeal-documents)\//.test(path)) return null;
  if (method === "HEAD") return Promise.resolve(headOnly(404));
  return Promise.resolve(json(200, { offset: 1e9, complete: true }));
}

test("what is added names its appeal, and its files", () => {
  const papers = [{ sha256: "b", name: "值班.pdf", size: 1 }];
  const body = bodyOf({ ...mine(), text: " 补上 ", documents: papers }, 0);
  const documents = [{ sha256: "b", name: "值班.pdf" }];
  assert.deepEqual(body, { format: 1, appeal: APPEAL, text: "补上", photos: [], documents });
});

test("the files an appeal has already take room from what is added", () => {
  assert.equal(roomIn(mine()), MOST_FILES - 1);
  const full = messageFor(LI, appeal({ files: Array.from({ length: MOST_FILES }, () => FILES) }));
  assert.deepEqual(lacks({ ...full, text: "x" }, false), []);
  const papers = [{ sha256: "b", name: "x", size: 1 }];
  assert.deepEqual(lacks({ ...full, text: "x", documents: papers }, false), ["files"]);
});

test("it is written and sent without a network, outlives the page and arrives once", async () => {
  put(mine(), { text: "补上值班记录" });
  await addLinePhotos(mine(), [new File(["pixels"], "a.jpg")], "camera");
  await addPapers(mine(), [pdf()]);
  assert.deepEqual(deskFaults.value, []);
  await deskSettled();
  lineDrafts.value = [];
  await recallDrafts(LI);
  assert.equal(mine().text, "补上值班记录");
  assert.equal(draftedLines.value.size, 0, "nothing of it is about the line");
  server.line = nobody;
  await sendDraft(mine(), "1号");
  sendings.value = [];
  await recallSendings(LI);
  const [row] = appealSendings(APPEAL);
  assert.ok(row);
  assert.equal(row.path, `${WHERE}/appeal-messages/${row.id}`);
  assert.equal(lineSending(NOTICE, 1), undefined, "a reply to the line is not kept back by it");
  server.line = files;
  await flushSendings({ by: "person" });
  await flushSendings({ by: "person" });
  assert.deepEqual([appealSendings(APPEAL).length, server.sendings.size], [0, 1]);
});

test("two appeals of one line are written about apart", () => {
  put(mine(), { text: "一" });
  put(messageFor(LI, appeal({ id: "other" })), { text: "二" });
  assert.equal(mine().text, "一");
});

test("what was refused is taken up again as it was written", async () => {
  server.line = ({ method }) =>
    method === "PUT" ? Promise.resolve(problem(409, "state.move_refused")) : null;
  put(mine(), { text: "太晚了" });
  await sendDraft(mine(), "1号");
  await flushSendings();
  const [row] = appealSendings(APPEAL);
  assert.ok(row);
  await takeUpAgain(row);
  assert.deepEqual([mine().text, appealSendings(APPEAL)], ["太晚了", []]);
});

test("an appeal is taken back offline, once, in the version that was shown", async () => {
  server.line = nobody;
  await Promise.all([takeBack(LI, appeal()), takeBack(LI, appeal())]);
  await takeBack(LI, appeal());
  const rows = appealSendings(APPEAL);
  assert.deepEqual(
    rows.map(({ body }) => JSON.parse(body)),
    [{ format: 1, appeal: APPEAL, seen: 3 }],
  );
  assert.equal(rows[0]?.path, `${WHERE}/appeal-withdrawals/${rows[0]?.id}`);
  server.line = () => null;
  await flushSendings({ by: "person" });
  assert.deepEqual([appealSendings(APPEAL), server.sendings.size], [[], 1]);
});

test("a withdrawal that was refused is let go of, one on its way is not", async () => {
  server.line = nobody;
  await takeBack(LI, appeal());
  const [waiting] = appealSendings(APPEAL);
  assert.ok(waiting);
  await letBe(waiting);
  assert.equal(appealSendings(APPEAL).length, 1);
  server.line = ({ method }) =>
    method === "PUT" ? Promise.resolve(problem(409, "appeal.changed")) : null;
  await flushSendings({ by: "person" });
  const [stopped] = appealSendings(APPEAL);
  assert.ok(stopped);
  await letBe(stopped);
  assert.deepEqual(appealSendings(APPEAL), []);
});

test("a message nobody will send again is let go of with its files", async () => {
  put(mine(), { text: "附照片" });
  await addLinePhotos(mine(), [new File(["pixels"], "z.jpg")], "camera");
  const [photo] = mine().photos;
  assert.ok(photo);
  server.line = (request) =>
    request.method === "PUT" ? Promise.resolve(problem(409, "state.move_refused")) : files(request);
  await sendDraft(mine(), "1号");
  await flushSendings({ by: "person" });
  const [stopped] = appealSendings(APPEAL);
  assert.ok(stopped && (await photoOf(photo.sha256)));
  await letBe(stopped);
  assert.deepEqual(appealSendings(APPEAL), []);
  assert.equal(await photoOf(photo.sha256), undefined);
});
