/** @import {DraftDocument, ListedDraft} from "../types.js" */
import { atServer } from "../model/upload_row.js";
import { documentOf, keepDocument, keepOther } from "../store/draft_copies.js";
import { factOf, keepFact } from "../store/facts.js";
import { lastSave } from "../store/last_saves.js";
import { visitsOf } from "../store/visits.js";
import { needRubric } from "./assignments.js";
import { copies, here, noteCopy, offered, recallCopies, restored } from "./copy_states.js";
import { sendCopies } from "./draft_copies.js";
import { documentAtServer, refreshDrafts, takeOver } from "./server_drafts.js";
import { recallUploads } from "./uploads.js";

/** What is said of it until somebody has read it. */
const NEWS = "restored";

/** @param {string} account */
export async function recallRestored(account) {
  restored.value = (await factOf(account, NEWS)) ?? [];
}

/** @param {string} account */
export async function readRestored(account) {
  restored.value = [];
  await keepFact(account, NEWS, undefined);
}

/**
 * Compares what the server has with what is here. What this very browser sent and no longer has was cleared by
 * the system, and comes back at once; what another device sent is offered.
 * @param {string} account
 */
export async function findLost(account) {
  await recallCopies(account);
  const [listed, visits] = await Promise.all([refreshDrafts(account), visitsOf(account)]);
  const known = new Set(visits.map((visit) => visit.id));
  const away = listed.filter((draft) => !known.has(draft.visit) && !isThrownAway(draft.visit));
  offered.value = away.filter((draft) => !ownCopy(draft));
  /** @type {unknown} */
  let failed;
  // A copy that cannot be brought back keeps no other from coming back.
  for (const draft of away)
    await restoreOwn(account, draft).catch((error) => {
      failed ??= error;
    });
  if (failed) throw failed;
}

/** @param {string} visit */
function isThrownAway(visit) {
  return copies.peek().get(visit)?.ended === "discarded";
}

/** @param {ListedDraft} draft */
function ownCopy({ owner, copies: sent }) {
  const own = sent.filter((copy) => copy.this_session);
  return own.find((copy) => copy.device === owner) ?? own[0];
}

/**
 * @param {string} account
 * @param {ListedDraft} draft
 */
async function restoreOwn(account, draft) {
  const copy = ownCopy(draft);
  if (!copy) return;
  const { visit } = await bring(account, draft.visit, copy.device);
  // The device that sent it was this one, under an id the system cleared too.
  if (copy.device === draft.owner) await takeOver(account, draft.visit);
  await noteOwner(account, draft);
  await tell(account, draft, visit.changed_at);
}

/**
 * @param {string} account
 * @param {ListedDraft} draft
 */
async function noteOwner(account, { visit, owner }) {
  if (copies.peek().get(visit)?.owner) return;
  await noteCopy({ account, id: visit }, (row) => ({ ...row, owner }));
}

/**
 * @param {string} account
 * @param {ListedDraft} draft
 * @param {string} changed_at by this phone's own clock, like the last save
 */
async function tell(account, { visit, store }, changed_at) {
  const one = { visit, store: store.name, changed_at, saved_at: lastSave(visit) };
  restored.value = [...restored.peek().filter((other) => other.visit !== visit), one];
  await keepFact(account, NEWS, restored.peek());
}

/**
 * Goes on here with a draft another device began: the version of that device, or the one on this phone. What lay
 * here and steps back is kept for 30 days.
 * @param {string} account
 * @param {string} visit
 * @param {string} device whose version goes on
 */
export async function goOnHere(account, visit, device) {
  if (device !== here.peek()) await bring(account, visit, device);
  await takeOver(account, visit);
  offered.value = offered.peek().filter((draft) => draft.visit !== visit);
  void sendCopies();
}

/**
 * Puts a version that stepped back in the place of what lies here, which steps back in its turn.
 * @param {string} account
 * @param {DraftDocument} document
 */
export async function bringBack(account, document) {
  await putDown(account, document);
  await noteCopy({ account, id: document.visit.id }, (row) => ({ ...row, document_hash: "" }));
  void sendCopies();
}

/**
 * @param {string} account
 * @param {string} visit
 * @param {string} device
 */
async function bring(account, visit, device) {
  const document = await documentAtServer(account, visit, device);
  await needRubric(document.visit.rubric);
  await putDown(account, document);
  return document;
}

/**
 * @param {string} account
 * @param {DraftDocument} document
 */
async function putDown(account, document) {
  const before = await documentOf(account, document.visit.id);
  if (before) {
    const kept_at = new Date().toISOString();
    await keepOther(account, { device: here.peek(), kept_at, document: before });
  }
  // The answer to the next copy says which photos the server lacks.
  const photos = document.slots.map((slot) => atServer({ ...slot, account }));
  await keepDocument(document, photos);
  await recallUploads(account);
}
