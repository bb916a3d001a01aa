/** @import {DraftPhoto, LineDraft, PhotoRow} from "../types.js" */
import { effect, signal } from "../../vendor/signals-core.js";
import {
  emptyDraft,
  filesOf,
  paperFault,
  recalled,
  roomIn,
  saysSomething,
} from "../model/line_draft.js";
import { toSend } from "../model/upload_row.js";
import {
  draftsOf,
  dropDraft,
  dropPhotos,
  keepDraft,
  keepDraftPhoto,
} from "../store/line_drafts.js";
import { draftedLines } from "./noted.js";
import { FileFault } from "./file_fault.js";
import { sha256 as hashOf } from "./hashing.js";
import { flushSendings } from "./sendings.js";
import { shrunk } from "./shrink.js";
import { PictureFault } from "./shrinking.js";

/** @typedef {import("../model/line_draft.js").Kind} Kind */
/** @typedef {import("./shrinking.js").Reason} Reason */
/** @typedef {import("./file_fault.js").Fault} Fault */

/** Everything this account is writing about lines. */
export const lineDrafts = signal(/** @type {readonly LineDraft[]} */ ([]));

/** Whether what was entered last is on the phone. */
export const deskSaved = signal(/** @type {"saved" | "saving" | "failed"} */ ("saved"));

/** Files being kept just now, and why others were not, by the draft they were meant for. */
export const deskBusy = signal(0);
export const deskFaults = signal(
  /** @type {readonly {draft: string, name: string, reason: Reason | Fault}[]} */ ([]),
);

/**
 * Reads the drafts from the phone; what was typed or forgotten while they were read stays so.
 * @param {string} account
 */
export async function recallDrafts(account) {
  if (deskSaved.peek() !== "saved") return;
  const before = lineDrafts.peek();
  const kept = await draftsOf(account);
  lineDrafts.value = recalled(before, lineDrafts.peek(), kept);
}

/**
 * What is being written about a line; nothing yet: an empty one.
 * @param {string} account
 * @param {string} notice
 * @param {number} line
 * @param {Kind} kind
 * @returns {LineDraft}
 */
export function draftFor(account, notice, line, kind) {
  const known = lineDrafts.value.find(
    (one) => one.notice === notice && one.line === line && one.kind === kind,
  );
  const id = `${account}/${notice}/${line}/${kind}`;
  return known ?? emptyDraft({ id, account, notice, line, kind });
}

effect(() => {
  const ofLines = lineDrafts.value.filter(({ kind }) => kind !== "message");
  draftedLines.value = new Set(ofLines.map((one) => `${one.notice}/${one.line}`));
});

/**
 * Changes a draft on the screen at once, and on the phone right after.
 * @param {LineDraft} draft
 * @param {Partial<LineDraft>} change
 */
export function put(draft, change) {
  const next = { ...now(draft), ...change, changed_at: new Date().toISOString() };
  show(next);
  void save(next.id);
}

/** @param {LineDraft} draft as it is by now */
function now(draft) {
  return lineDrafts.peek().find(({ id }) => id === draft.id) ?? draft;
}

/** @param {LineDraft} next */
function show(next) {
  lineDrafts.value = [...lineDrafts.peek().filter(({ id }) => id !== next.id), next];
}

/** @type {Promise<void>} */
let line = Promise.resolve();
const RETRY = 3000;

/**
 * One after the other, each as it is when its turn comes; what could not be written is tried again.
 * @param {string} id
 */
function save(id) {
  deskSaved.value = "saving";
  const mine = line.then(() => write(id));
  line = mine.catch(() => undefined);
  return mine.then(
    () => {
      if (deskSaved.peek() === "saving") deskSaved.value = "saved";
    },
    () => {
      deskSaved.value = "failed";
      setTimeout(() => void save(id), RETRY);
    },
  );
}

/** @param {string} id */
async function write(id) {
  const draft = lineDrafts.peek().find((one) => one.id === id);
  if (!draft) return;
  if (saysSomething(draft)) return keepDraft(draft);
  await dropDraft(draft);
}

/** Resolves to whether everything entered so far is in the database. */
export async function deskSettled() {
  await line;
  return deskSaved.peek() === "saved" && !deskBusy.peek();
}

/**
 * Makes photos small, keeps them with the draft and begins to send them.
 * @param {LineDraft} draft
 * @param {readonly File[]} files
 * @param {DraftPhoto["origin"]} origin
 */
export async function addLinePhotos(draft, files, origin) {
  await addAll(draft, files, (file) => addPhoto(draft, file, origin));
}

/**
 * Keeps documents with the draft and begins to send them.
 * @param {LineDraft} draft
 * @param {readonly File[]} files
 */
export async function addPapers(draft, files) {
  await addAll(draft, files, (file) => addPaper(draft, file));
}

/**
 * One after the other; each that cannot be added is named, and keeps no other out.
 * @param {LineDraft} of
 * @param {readonly File[]} files
 * @param {(file: File) => Promise<void>} add
 */
async function addAll({ id: draft }, files, add) {
  deskBusy.value += files.length;
  deskFaults.value = [];
  for (const file of files) {
    try {
      await add(file);
    } catch (error) {
      const known = error instanceof PictureFault || error instanceof FileFault;
      const reason = known ? error.reason : "room";
      deskFaults.value = [...deskFaults.peek(), { draft, name: file.name, reason }];
    } finally {
      deskBusy.value -= 1;
    }
  }
  void flushSendings();
}

/**
 * @param {LineDraft} draft
 * @param {File} file
 * @param {DraftPhoto["origin"]} origin
 */
async function addPhoto(draft, file, origin) {
  const { bytes, thumb } = await shrunk(file);
  const sha256 = await hashOf(bytes);
  const size = bytes.byteLength;
  const dated = origin === "gallery" && file.lastModified > 0 ? file.lastModified : Date.now();
  const photo = { sha256, origin, taken_at: new Date(dated).toISOString(), size };
  await keepWith(draft, { format: 1, sha256, bytes, thumb }, (here) => ({
    photos: [...here.photos, photo],
  }));
}

/**
 * @param {LineDraft} draft
 * @param {File} file
 */
async function addPaper(draft, file) {
  const bytes = await file.arrayBuffer();
  const fault = paperFault(bytes);
  if (fault) throw new FileFault(fault);
  const sha256 = await hashOf(bytes);
  const paper = { sha256, name: file.name, size: bytes.byteLength };
  const row = { format: /** @type {const} */ (1), sha256, bytes, thumb: new ArrayBuffer(0) };
  const add = (/** @type {LineDraft} */ here) => ({
    documents: [...(here.documents ?? []), paper],
  });
  await keepWith(draft, row, add, { document: true });
}

/**
 * Keeps a file, the draft that names it and its place in the queue, unless it is there.
 * @param {LineDraft} draft
 * @param {PhotoRow} row
 * @param {(now: LineDraft) => Partial<LineDraft>} added
 * @param {{document?: true}} [kind]
 */
async function keepWith(draft, row, added, kind = {}) {
  const here = now(draft);
  if (filesOf(here).includes(row.sha256)) return;
  if (roomIn(here) < 1) throw new FileFault("most");
  const { account, notice: visit } = draft;
  const next = { ...here, ...added(here), changed_at: new Date().toISOString() };
  const size = row.bytes?.byteLength ?? 0;
  await keepDraftPhoto(next, row, toSend({ sha256: row.sha256, account, visit, size, ...kind }));
  // What was typed while the file was kept stays.
  show({ ...now(draft), ...added(here) });
}

/**
 * @param {LineDraft} draft
 * @param {{sha256: string}} file a photo or a document of it
 */
export async function removeLineFile(draft, { sha256 }) {
  const { photos, documents } = now(draft);
  const others = (/** @type {{sha256: string}} */ one) => one.sha256 !== sha256;
  const kept = documents ? { documents: documents.filter(others) } : {};
  put(draft, { photos: photos.filter(others), ...kept });
  await line;
  await dropPhotos(draft.account, [sha256]);
}

/**
 * Takes a draft off the screen that was frozen or thrown away.
 * @param {LineDraft} draft
 */
export function forgetDraft(draft) {
  lineDrafts.value = lineDrafts.peek().filter(({ id }) => id !== draft.id);
}
