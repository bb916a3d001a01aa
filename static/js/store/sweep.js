/** @import {KeptRow, SealedStore} from "./schema.js" */
import { within } from "./database.js";
import { readMeta, writeMeta } from "./meta.js";
import { closed, isResting } from "./sealing.js";
import { Locked } from "./vault.js";

/** Seals what an app before sealing left open, row by row, while the app is in use. */

const SWEPT = "swept";

/** @type {SealedStore[]} */
const SMALL = ["visits", "answers", "slots", "outbox", "assignments", "history"];

/** @typedef {Map<string, string>} Owners account of each visit and of each photo */

/** Goes over every store, once thoroughly and from then on quickly; rows that change meanwhile are left to their writer. */
export async function sealPlain() {
  const owners = await ownersOf();
  let found = 0;
  for (const store of SMALL) found += await sealAll(store, await plainRows(store), owners);
  // Photos are large, so they are looked through only while some may be open.
  if (!found && (await readMeta(SWEPT))) return;
  for (const key of await photoKeys()) await sealAll("photos", await plainPhoto(key), owners);
  await writeMeta(SWEPT, true);
}

/** @returns {Promise<Owners>} */
function ownersOf() {
  return within(["visits", "uploads"], "readonly", async (tx) => {
    const visits = await tx.objectStore("visits").getAll();
    const uploads = await tx.objectStore("uploads").getAll();
    return new Map([
      ...visits.map((row) => /** @type {const} */ ([row.id, row.account])),
      ...uploads.map((row) => /** @type {const} */ ([row.sha256, row.account])),
    ]);
  });
}

/**
 * @template {SealedStore} S
 * @param {S} store
 * @returns {Promise<KeptRow<S>[]>}
 */
async function plainRows(store) {
  const rows = await within([store], "readonly", (tx) => tx.objectStore(store).getAll());
  return /** @type {KeptRow<S>[]} */ (rows.filter((row) => !isResting(row)));
}

function photoKeys() {
  return within(["photos"], "readonly", (tx) => tx.objectStore("photos").getAllKeys());
}

/**
 * @param {string} sha256
 * @returns {Promise<KeptRow<"photos">[]>}
 */
async function plainPhoto(sha256) {
  const row = await within(["photos"], "readonly", (tx) => tx.objectStore("photos").get(sha256));
  return row && !isResting(row) ? [row] : [];
}

/**
 * @template {SealedStore} S
 * @param {S} store
 * @param {readonly KeptRow<S>[]} rows
 * @param {Owners} owners
 * @returns {Promise<number>} how many there were
 */
async function sealAll(store, rows, owners) {
  for (const row of rows) {
    const account = ownerOf(row, owners);
    if (account) await sealRow(store, row, account);
  }
  return rows.length;
}

/**
 * @param {object} row
 * @param {Owners} owners
 */
function ownerOf(row, owners) {
  const { account, visit, sha256 } =
    /** @type {{account?: string, visit?: string, sha256?: string}} */ (row);
  return account ?? owners.get(visit ?? "") ?? owners.get(sha256 ?? "");
}

/**
 * @template {SealedStore} S
 * @param {S} store
 * @param {KeptRow<S>} row
 * @param {string} account
 */
async function sealRow(store, row, account) {
  try {
    const kept = await closed(store, account, /** @type {any} */ (row));
    await within([store], "readwrite", async (tx) => {
      const rows = tx.objectStore(store);
      const there = await rows.get(keyIn(rows.keyPath ?? "", row));
      const same = there && JSON.stringify(there) === JSON.stringify(row);
      if (same) await rows.put(/** @type {any} */ (kept));
    });
  } catch (error) {
    // Behind somebody's PIN: sealed at the next start after it was entered.
    if (!(error instanceof Locked)) throw error;
  }
}

/**
 * @param {string | string[]} path
 * @param {object} row
 * @returns {any}
 */
function keyIn(path, row) {
  const fields = /** @type {Record<string, unknown>} */ (row);
  return typeof path === "string" ? fields[path] : path.map((name) => fields[name]);
}
