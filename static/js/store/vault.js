/** @import {KeyRow, SealedPart, Wrapped} from "../types.js" */
import { bytesOf } from "../model/bytes.js";
import { uuid7 } from "../model/uuid7.js";
import { afterOpening, within } from "./database.js";

/**
 * Keeps what an account wrote unreadable to everybody else: one data key per account, AES-GCM, itself kept only
 * wrapped, under a key the browser will not hand out or under a PIN. See docs/decisions/0017.
 */

const AES = "AES-GCM";

/** This account's key is behind a PIN nobody has entered yet. */
export class Locked extends Error {}

/** What was sealed with a key that has been destroyed since: it can never be read again, by anybody. */
export class Erased extends Error {}

/** @typedef {{row: KeyRow, key: CryptoKey}} Opened */

/** Keys in use, with their rows as they are stored. @type {Map<string, Promise<Opened>>} */
const inUse = new Map();

/** The same, once they are there, to be written back after the system cleared the storage. @type {Map<string, KeyRow>} */
const known = new Map();

/** Accounts erased while this page was open; what is still on its way to the database comes too late. */
const erased = new Set();

/**
 * Whether an account's content waits for a PIN.
 * @param {string} account
 */
export async function isLocked(account) {
  return !inUse.has(account) && Boolean((await keyRowOf(account))?.pin);
}

/**
 * Seals a value that can be written as JSON.
 * @param {string} account
 * @param {unknown} value
 */
export function sealed(account, value) {
  return sealedBytes(account, bytesOf(JSON.stringify(value)));
}

/**
 * Reads what `sealed` made. Throws `Locked` or `Erased`.
 * @param {string} account
 * @param {SealedPart} part
 * @returns {Promise<unknown>}
 */
export async function opened(account, part) {
  return JSON.parse(new TextDecoder().decode(await openedBytes(account, part)));
}

/**
 * @param {string} account
 * @param {BufferSource} bytes
 * @returns {Promise<SealedPart>}
 */
export async function sealedBytes(account, bytes) {
  const { row, key } = await keyOf(account);
  const iv = random(12);
  const how = { name: AES, iv, additionalData: bytesOf(account) };
  return { key: row.id, iv, bytes: await crypto.subtle.encrypt(how, key, bytes) };
}

/**
 * @param {string} account
 * @param {SealedPart} part
 * @returns {Promise<ArrayBuffer>}
 */
export async function openedBytes(account, part) {
  const { row, key } = await keyOf(account);
  if (row.id !== part.key) throw new Erased(part.key);
  const how = { name: AES, iv: part.iv, additionalData: bytesOf(account) };
  return crypto.subtle.decrypt(how, key, part.bytes);
}

/** @param {string} account */
function keyOf(account) {
  if (erased.has(account)) return Promise.reject(new Erased(account));
  const using = inUse.get(account) ?? fetchKey(account);
  inUse.set(account, using);
  using.catch(() => inUse.delete(account));
  return using;
}

/**
 * @param {string} account
 * @returns {Promise<Opened>}
 */
async function fetchKey(account) {
  const row = (await keyRowOf(account)) ?? (await keepNewKey(await newKeyRow(account)));
  if (!row.door) throw new Locked(account);
  const key = await unwrapped(row.door.under, row.door);
  known.set(account, row);
  return { row, key };
}

/**
 * @param {string} account
 * @returns {Promise<KeyRow | undefined>}
 */
export function keyRowOf(account) {
  return within(["keys"], "readonly", (tx) => tx.objectStore("keys").get(account));
}

/**
 * Changes the ways to a key as they are now in the database. Throws `Erased` where the key was destroyed meanwhile:
 * a cipher or a finger may take a minute.
 * @param {KeyRow} read
 * @param {(row: KeyRow) => KeyRow} change
 * @returns {Promise<KeyRow>}
 */
export async function changeKeyRow({ account, id }, change) {
  const row = await within(["keys"], "readwrite", async (tx) => {
    const there = await tx.objectStore("keys").get(account);
    if (there?.id !== id) return undefined;
    const next = change(there);
    await tx.objectStore("keys").put(next);
    return next;
  });
  if (!row) throw new Erased(id);
  if (known.has(account)) known.set(account, row);
  return row;
}

/**
 * Two windows may make a first key at once; the first one kept counts.
 * @param {KeyRow} made
 */
function keepNewKey(made) {
  return within(["keys"], "readwrite", async (tx) => {
    const there = await tx.objectStore("keys").get(made.account);
    if (!there) await tx.objectStore("keys").put(made);
    return there ?? made;
  });
}

/**
 * @param {string} account
 * @returns {Promise<KeyRow>}
 */
async function newKeyRow(account) {
  const key = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, USES);
  const door = await newDoor(key);
  return { format: 1, account, id: uuid7(Date.now(), random(10)), door, pin: null, platform: null };
}

/**
 * A way in that asks nobody for anything: the data key under a key that cannot leave this browser.
 * @param {CryptoKey} key
 */
export async function newDoor(key) {
  const under = await crypto.subtle.generateKey({ name: AES, length: 256 }, false, [
    "wrapKey",
    "unwrapKey",
  ]);
  return { under, ...(await wrapped(under, key)) };
}

/** @type {KeyUsage[]} */
const USES = ["encrypt", "decrypt"];

/**
 * @param {CryptoKey} under
 * @param {CryptoKey} key
 * @returns {Promise<Wrapped>}
 */
export async function wrapped(under, key) {
  const iv = random(12);
  return { iv, bytes: await crypto.subtle.wrapKey("raw", key, under, { name: AES, iv }) };
}

/**
 * Rejects with an `OperationError` where this is not the key it was wrapped under.
 * @param {CryptoKey} under
 * @param {Wrapped} door
 * @param {boolean} [extractable] only for being wrapped anew
 */
export function unwrapped(under, { iv, bytes }, extractable = false) {
  const how = { name: AES, iv };
  return crypto.subtle.unwrapKey("raw", bytes, under, how, AES, extractable, USES);
}

/**
 * Goes on with a key that a PIN or the platform opened.
 * @param {KeyRow} row
 * @param {CryptoKey} key
 */
export function use(row, key) {
  inUse.set(row.account, Promise.resolve({ row, key }));
  known.set(row.account, row);
}

/** Forgets every key this page holds; those behind a PIN have to be opened again. */
export function forget() {
  inUse.clear();
  known.clear();
  erased.clear();
}

/**
 * Destroys an account's key. From here on nothing sealed for it can be read, whatever happens to the rows.
 * @param {string} account
 */
export async function destroyKey(account) {
  inUse.delete(account);
  known.delete(account);
  erased.add(account);
  await within(["keys", "meta"], "readwrite", async (tx) => {
    const row = await tx.objectStore("keys").get(account);
    if (!row) return;
    await tx.objectStore("keys").delete(account);
    // Another window, woken later, must not write it back.
    await tx.objectStore("meta").put({ key: tombstone(row.id), value: true });
  });
}

/** @param {string} id */
function tombstone(id) {
  return `erased.${id}`;
}

// The system cleared the storage under an open page: what is written from now on must stay readable.
afterOpening(async (db) => {
  for (const row of known.values()) {
    const tx = db.transaction(["keys", "meta"], "readwrite");
    const [there, gone] = await Promise.all([
      tx.objectStore("keys").count(row.account),
      tx.objectStore("meta").count(tombstone(row.id)),
    ]);
    if (!there && !gone) await tx.objectStore("keys").put(row);
    await tx.done;
  }
});

/** @param {number} size */
export function random(size) {
  return crypto.getRandomValues(new Uint8Array(size));
}
