/** @import {DraftDocument, OutboxRow, PhotoRow, UploadRow} from "../types.js" */
import { isUnsent } from "../model/outbox_moves.js";
import { photosNamed } from "../model/photos_named.js";
import { documentOf, keepDocument, keepFetched, keepOther } from "./draft_copies.js";
import { outboxOf, seal } from "./outbox.js";
import { photoOf } from "./photos.js";
import { visitsOf } from "./visits.js";

/** A frozen visit on its way, its bytes as text. @typedef {Omit<OutboxRow, "body"> & {body: string}} ExportedRow */

/** Everything only this phone holds of an account, without the pixels.
 * @typedef {{documents: DraftDocument[], rows: ExportedRow[], photos: {sha256: string, size: number, visit: string}[]}} Held
 */

/** What importing did. @typedef {{added: number, known: number, beside: number, photos: number}} Imported */

/**
 * Drafts, frozen visits that are not complete, and which photos of them are here.
 * @param {string} account
 * @returns {Promise<Held>}
 */
export async function heldBy(account) {
  const rows = (await outboxOf(account)).filter(isUnsent);
  const sending = new Set(rows.map((row) => row.visit));
  const visits = (await visitsOf(account)).filter(
    (visit) => visit.state === "draft" || sending.has(visit.id),
  );
  const found = await Promise.all(visits.map((visit) => documentOf(account, visit.id)));
  const documents = found.filter((document) => document !== undefined);
  const photos = documents.flatMap(({ visit, slots, captures }) => {
    const frozen = rows.filter((row) => row.visit === visit.id).flatMap((row) => row.photos);
    const named = new Set([...photosNamed([slots, captures]), ...frozen]);
    return [...named].map((sha256) => ({ sha256, visit: visit.id }));
  });
  // Two visits may name the same picture; it travels once.
  const once = new Map(photos.map((photo) => [photo.sha256, photo]));
  return {
    documents,
    rows: rows.map((row) => ({ ...row, body: new TextDecoder().decode(row.body) })),
    photos: (await Promise.all([...once.values()].map(withPixels))).filter((one) => one !== null),
  };
}

/** @param {{sha256: string, visit: string}} named */
async function withPixels({ sha256, visit }) {
  const bytes = (await photoOf(sha256))?.bytes;
  return bytes ? { sha256, size: bytes.byteLength, visit } : null;
}

/**
 * Keeps a photo that came in a file.
 * @param {string} account
 * @param {PhotoRow} photo
 */
export function keepImportedPhoto(account, photo) {
  return keepFetched(account, photo);
}

/**
 * Keeps what came in a file beside what is here. What is here is never replaced: another version of the same
 * visit is kept among the versions that stepped back. Doing it twice does nothing more.
 * @param {string} account
 * @param {Held} held
 * @param {string} device where the file was written
 * @returns {Promise<Imported>}
 */
export async function keepImported(account, held, device) {
  const here = new Map(
    (await outboxOf(account)).map((row) => [`${row.visit} ${row.attempt}`, row]),
  );
  const done = { added: 0, known: 0, beside: 0, photos: held.photos.length };
  for (const document of held.documents) {
    const row = held.rows.find((one) => one.visit === document.visit.id);
    const waiting = held.photos.filter((photo) => photo.visit === document.visit.id);
    const uploads = waiting.map((photo) => toSend(account, photo));
    const kept = await keepOne(account, document, uploads, device);
    done[kept] += 1;
    const there = row && here.has(`${row.visit} ${row.attempt}`);
    if (row && !there && kept !== "beside") await seal(document.visit, frozenAgain(row));
  }
  return done;
}

/**
 * @param {string} account
 * @param {DraftDocument} document
 * @param {UploadRow[]} uploads
 * @param {string} device
 * @returns {Promise<"added" | "known" | "beside">}
 */
async function keepOne(account, document, uploads, device) {
  const before = await documentOf(account, document.visit.id);
  if (before && told(before) === told(document)) return "known";
  if (before) {
    await keepOther(account, { device, kept_at: new Date().toISOString(), document });
    return "beside";
  }
  // Sealed only together with its bytes: cut short in between, it is a draft and not a lost submission.
  await keepDocument({ ...document, visit: { ...document.visit, state: "draft" } }, uploads);
  return "added";
}

/**
 * What a version says, apart from where it stands on its way.
 * @param {DraftDocument} document
 */
function told({ visit, answers, slots, captures }) {
  return JSON.stringify([visit.attempt, visit.saves, answers, slots, captures]);
}

/**
 * @param {ExportedRow} row
 * @returns {OutboxRow}
 */
function frozenAgain(row) {
  const body = /** @type {ArrayBuffer} */ (new TextEncoder().encode(row.body).buffer);
  const stays = row.state === "received" || row.state === "stopped";
  return { ...row, body, state: stays ? row.state : "waiting" };
}

/**
 * @param {string} account
 * @param {{sha256: string, size: number, visit: string}} photo
 * @returns {UploadRow}
 */
function toSend(account, { sha256, size, visit }) {
  return { format: 1, sha256, account, visit, size, offset: 0, state: "waiting", problem: "" };
}
