/** @import {SealedPart} from "../types.js" */
/** @import {KeptRow, OpenRows, RestingRow, SealedStore} from "./schema.js" */
import { Erased, opened, openedBytes, sealed, sealedBytes } from "./vault.js";

/**
 * Rows of the database sealed and opened. Always before or after a transaction, never inside one: it would
 * end while the cipher works.
 */

/**
 * What stays readable: what the phone needs to find, count, send and delete a row. See `PlainFields`.
 * @type {Record<SealedStore, readonly string[]>}
 */
const PLAIN = {
  visits: ["id", "assignment", "attempt", "state", "rubric", "saves"],
  answers: ["visit", "item"],
  slots: ["visit", "item", "sha256", "position"],
  photos: ["sha256"],
  outbox: [
    "visit",
    "attempt",
    "state",
    "content_hash",
    "photos",
    "refused",
    "frozen_at",
    "tries",
    "completed_at",
  ],
  assignments: ["fetched_at"],
  history: ["fetched_at"],
  captures: ["visit", "id"],
};

/** @type {Partial<Record<SealedStore, readonly string[]>>} */
const BUFFERS = { photos: ["bytes", "thumb"], outbox: ["body"] };

/** @typedef {Record<string, unknown>} Fields */

/**
 * A row ready to be put.
 * @template {SealedStore} S
 * @param {S} store
 * @param {string} account
 * @param {OpenRows[S]} row
 * @param {number} [turn] how often it was written before
 * @returns {Promise<RestingRow<S>>}
 */
export async function closed(store, account, row, turn = 0) {
  const fields = /** @type {Fields} */ (/** @type {unknown} */ (row));
  const buffers = BUFFERS[store] ?? [];
  const apart = [...PLAIN[store], ...buffers];
  const rest = Object.entries(fields).filter(([field]) => !apart.includes(field));
  const [content, ...parts] = await Promise.all([
    sealed(account, Object.fromEntries(rest)),
    ...buffers.map((field) => closedBuffer(account, fields[field])),
  ]);
  const resting = {
    ...picked(fields, PLAIN[store]),
    ...Object.fromEntries(buffers.map((field, at) => [field, parts[at]])),
    ...{ format: 2, account, turn, sealed: content },
  };
  return /** @type {RestingRow<S>} */ (/** @type {unknown} */ (resting));
}

/**
 * @param {string} account
 * @param {unknown} buffer
 */
async function closedBuffer(account, buffer) {
  return buffer ? sealedBytes(account, /** @type {ArrayBuffer} */ (buffer)) : null;
}

/**
 * A row as the app uses it, whichever version wrote it.
 * @template {SealedStore} S
 * @param {S} store
 * @param {KeptRow<S>} kept
 * @returns {Promise<OpenRows[S]>}
 */
export async function open(store, kept) {
  if (!isResting(kept)) return /** @type {OpenRows[S]} */ (kept);
  const fields = /** @type {Fields} */ (/** @type {unknown} */ (kept));
  const buffers = BUFFERS[store] ?? [];
  const { account, sealed: content } = kept;
  const [rest, ...parts] = await Promise.all([
    opened(account, content),
    ...buffers.map((field) => openBuffer(account, fields[field])),
  ]);
  const row = {
    ...picked(fields, PLAIN[store]),
    ...Object.fromEntries(buffers.map((field, at) => [field, parts[at]])),
    .../** @type {Fields} */ (rest),
  };
  return /** @type {OpenRows[S]} */ (/** @type {unknown} */ (row));
}

/**
 * @param {string} account
 * @param {unknown} part
 */
async function openBuffer(account, part) {
  return part ? openedBytes(account, /** @type {SealedPart} */ (part)) : null;
}

/**
 * @param {Fields} fields
 * @param {readonly string[]} names
 */
function picked(fields, names) {
  return Object.fromEntries(
    names.filter((name) => name in fields).map((name) => [name, fields[name]]),
  );
}

/**
 * Rows as the app uses them, without those whose key was destroyed: they are nobody's any more.
 * @template {SealedStore} S
 * @param {S} store
 * @param {readonly KeptRow<S>[]} kept
 * @returns {Promise<OpenRows[S][]>}
 */
export async function openAll(store, kept) {
  const rows = await Promise.all(kept.map((row) => openIfAny(store, row)));
  return rows.filter((row) => row !== undefined);
}

/**
 * One row of those; undefined where there is none, or its key was destroyed.
 * @template {SealedStore} S
 * @param {S} store
 * @param {KeptRow<S> | undefined} kept
 * @returns {Promise<OpenRows[S] | undefined>}
 */
export async function openIfAny(store, kept) {
  if (!kept) return undefined;
  try {
    return await open(store, kept);
  } catch (error) {
    if (error instanceof Erased) return undefined;
    throw error;
  }
}

/**
 * Whether a row is sealed, or was written by an app before there was sealing.
 * @param {object | undefined} kept
 * @returns {kept is {format: 2, account: string, turn: number, sealed: SealedPart}}
 */
export function isResting(kept) {
  return kept !== undefined && "format" in kept && kept.format === 2;
}
