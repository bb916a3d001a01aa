import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import {
  LARGEST_PAPER,
  MOST_FILES,
  bodyOf,
  filesOf,
  lacks,
  paperFault,
  roomIn,
  saysSomething,
} from "../../static/js/model/line_draft.js";
import { within } from "../../static/js/store/database.js";
import { photoOf } from "../../static/js/store/photos.js";
import {
  addLinePhotos,
  addPapers,
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
/** Documents that arrived, by hash. @type {Set<string>} */
let arrived;

beforeEach(async () => {
  await signedIn();
  arrived = new Set();
  server = new StoreServer();
  server.line = line;
  server.listen();
  lineDrafts.value = [];
  await Promise.all([recallNotices(LI), recallSendings(LI), recallDrafts(LI)]);
});
afterEach(signedOut);

/** Takes photos and documents, each at its own place.
 * @param {{method: string, path: string}} request
 */
function line({ method, path }) {
  const [, , noun = "", sha256 = ""] = path.split("/");
  if (noun !== "photos" && noun !== "appeal-documents") return null;
  if (method === "HEAD") return Promise.resolve(headOnly(404));
  if (noun === "appeal-documents") arrived.add(sha256);
  return Promise.resolve(json(200, { offset: 1e9, complete: true }));
}

const pdf = (name = "值班记录", said = "") =>
  new File([`%PDF-1.7\n${name}${said}\n%%EOF\n`], `${name}.pdf`);
const mine = () => draftFor(LI, NOTICE, 1, "appeal");

test("a document is kept with the draft, sent as it is and named by what it is called", async () => {
  put(mine(), { text: "在二楼", ground: "facts" });
  await addPapers(mine(), [pdf()]);
  const [paper] = mine().documents ?? [];
  assert.ok(paper);
  const bytes = await pdf().arrayBuffer();
  const sha256 = createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
  assert.deepEqual(paper, { sha256, name: "值班记录.pdf", size: bytes.byteLength });
  await sendDraft(mine(), "1号");
  await flushSendings();
  assert.deepEqual([sendings.value[0]?.state, [...arrived]], ["received", [sha256]]);
  const body = JSON.parse(sendings.value[0]?.body ?? "");
  assert.deepEqual(body.documents, [{ sha256, name: "值班记录.pdf" }]);
  assert.deepEqual(body.photos, []);
});

test("without a network it waits on the phone, outlives the page and goes once", async () => {
  server.line = nobody;
  put(mine(), { text: "在二楼", ground: "facts" });
  await addPapers(mine(), [pdf()]);
  assert.ok(await deskSettled());
  lineDrafts.value = [];
  await recallDrafts(LI);
  const [paper] = mine().documents ?? [];
  assert.ok(paper && (await photoOf(paper.sha256))?.bytes);
  await sendDraft(mine(), "1号");
  await flushSendings();
  assert.equal(server.sendings.size, 0);
  server.line = line;
  await flushSendings({ by: "person" });
  await flushSendings({ by: "person" });
  assert.deepEqual([server.sendings.size, arrived.size], [1, 1]);
});

test("neither its name nor a word of it lies readable on the phone", async () => {
  server.line = nobody;
  await addPapers(mine(), [pdf("secretname", "secretword")]);
  const found = await within(["uploads", "photos", "replies"], "readonly", async (tx) =>
    Promise.all(
      /** @type {const} */ (["uploads", "photos", "replies"]).map((name) =>
        tx.objectStore(name).getAll(),
      ),
    ),
  );
  const said = JSON.stringify(found, (_key, value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? Buffer.from(/** @type {ArrayBuffer} */ (value)).toString("latin1")
      : value,
  );
  assert.ok(found[0]?.length);
  assert.doesNotMatch(said, /secretname|secretword/);
});

test("what is no whole PDF, too large or one too many is named, and the others are kept", async () => {
  const large = new File(["%PDF-", new Uint8Array(LARGEST_PAPER), "%%EOF"], "large.pdf");
  const cut = new File(["%PDF-1.7 cut"], "cut.pdf");
  const word = new File(["PK word %%EOF"], "word.docx");
  const draft = mine().id;
  await addPapers(mine(), [large, cut, word, pdf()]);
  assert.deepEqual(deskFaults.value, [
    { draft, name: "large.pdf", reason: "pdf_large" },
    { draft, name: "cut.pdf", reason: "pdf" },
    { draft, name: "word.docx", reason: "pdf" },
  ]);
  await addPapers(mine(), [pdf()]);
  assert.deepEqual([deskFaults.value, mine().documents?.length], [[], 1]);
  await addLinePhotos(mine(), ["a", "b", "c", "d"].map(picture), "gallery");
  await addPapers(mine(), [pdf("second"), pdf("third")]);
  assert.deepEqual(deskFaults.value, [{ draft, name: "third.pdf", reason: "most" }]);
  assert.deepEqual([filesOf(mine()).length, roomIn(mine())], [MOST_FILES, 0]);
});

/** @param {string} name */
const picture = (name) => new File([`pixels of ${name}`], `${name}.jpg`);

test("one taken away leaves the phone", async () => {
  server.line = nobody;
  await addPapers(mine(), [pdf("first"), pdf("second")]);
  const [first] = mine().documents ?? [];
  assert.ok(first);
  await removeLineFile(mine(), first);
  assert.deepEqual(
    mine().documents?.map(({ name }) => name),
    ["second.pdf"],
  );
  assert.equal(await photoOf(first.sha256), undefined);
});

test("where the server refuses a document, the appeal comes back to be put right", async () => {
  const refused = () => problem(422, "attachment.refused");
  server.line = ({ method, path }) =>
    path.includes("appeal-documents")
      ? Promise.resolve(method === "HEAD" ? headOnly(404) : refused())
      : method === "PUT"
        ? Promise.resolve(problem(422, "attachment.missing"))
        : null;
  put(mine(), { text: "在二楼", ground: "facts" });
  await addPapers(mine(), [pdf()]);
  await sendDraft(mine(), "1号");
  await flushSendings();
  const stopped = lineSending(NOTICE, 1);
  assert.equal(stopped?.state, "stopped");
  assert.ok(stopped);
  await takeUpAgain(stopped);
  assert.equal(mine().documents?.length, 1);
});

test("drafts of an older app know no documents", () => {
  const old = { ...mine(), text: "x", ground: "facts" };
  assert.equal(old.documents, undefined);
  assert.deepEqual([saysSomething(old), lacks(old, false)], [true, []]);
  assert.deepEqual(/** @type {any} */ (bodyOf(old, 0)).documents, []);
  const seven = { ...old, documents: Array(7).fill({ sha256: "a", name: "a", size: 1 }) };
  assert.deepEqual(lacks(seven, false), ["files"]);
  assert.equal(saysSomething({ ...old, text: "", ground: "", documents: [] }), false);
});

test("a document begins and ends as PDFs do", async () => {
  assert.equal(paperFault(await pdf().arrayBuffer()), "");
  assert.equal(paperFault(await new File([" %PDF-1.7 %%EOF"], "x").arrayBuffer()), "pdf");
});
