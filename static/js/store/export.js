/** @import {DraftDocument, OutboxRow, VisitRow} from "../types.js" */
import { bytesOf } from "../model/bytes.js";
import { isUnsent } from "../model/outbox_moves.js";
import { photosNamed } from "../model/photos_named.js";
import { toSend } from "../model/upload_row.js";
import { documentOf, keepDocument, keepOther } from "./draft_copies.js";
import { changeRow, outboxOf, seal } from "./outbox.js";
import { queuePhotos, uploadsOf } from "./photos.js";
import { withPixels } from "./room.js";
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
  return {
    documents,
    rows: rows.map((row) => ({ ...row, body: new TextDecoder().decode(row.body) })),
    photos: await photosHere(account, photos),
  };
}

/**
 * Those whose pixels are here. Two visits may name the same picture; it travels once.
 * @param {string} account
 * @param {{sha256: string, visit: string}[]} named
 */
async function photosHere(account, named) {
  const visits = new Map(named.map(({ sha256, visit }) => [sha256, visit]));
  const sizes = new Map((await uploadsOf(account)).map(({ sha256, size }) => [sha256, size]));
  const here = await withPixels([...visits.keys()]);
  return here.map((sha256) => {
    const [visit = "", size = 0] = [visits.get(sha256), sizes.get(sha256)];
    return { sha256, size, visit };
  });
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
  await queuePhotos(held.photos.map((photo) => toSend({ ...photo, account })));
  const done = { added: 0, known: 0, beside: 0, photos: held.photos.length };
  for (const document of held.documents) {
    const kept = await keepOne(account, document, device);
    done[kept] += 1;
    const rows = held.rows.filter((row) => row.visit === document.visit.id);
    await keepFrozen(account, rows, kept === "beside" ? null : document.visit);
  }
  return done;
}

/**
 * Keeps frozen attempts that are not here. The newest seals its visit, but not a version of it that was here first.
 * @param {string} account
 * @param {ExportedRow[]} rows
 * @param {VisitRow | null} visit
 */
async function keepFrozen(account, rows, visit) {
  const here = new Set((await outboxOf(account)).map(nameOf));
  const newest = Math.max(...rows.map((row) => row.attempt));
  for (const row of rows.sort((a, b) => a.attempt - b.attempt)) {
    if (here.has(nameOf(row))) continue;
    if (visit && row.attempt === newest) await seal(visit, frozenAgain(row));
    else await changeRow(frozenAgain(row), (now) => now);
  }
}

/** @param {Pick<OutboxRow, "visit" | "attempt">} row */
function nameOf({ visit, attempt }) {
  return `${visit} ${attempt}`;
}

/**
 * @param {string} account
 * @param {DraftDocument} document
 * @param {string} device
 * @returns {Promise<"added" | "known" | "beside">}
 */
async function keepOne(account, document, device) {
  const before = await documentOf(account, document.visit.id);
  if (before && told(before) === told(document)) return "known";
  if (before) {
    await keepOther(account, { device, kept_at: new Date().toISOString(), document });
    return "beside";
  }
  await keepDocument(document, []);
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
  const stays = row.state === "received" || row.state === "stopped";
  return { ...row, body: bytesOf(row.body), state: stays ? row.state : "waiting" };
}
