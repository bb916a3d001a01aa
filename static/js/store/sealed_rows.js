/** @import {SealedPart} from "../types.js" */
import { within } from "./database.js";
import { Erased, opened, openedBytes, sealed, sealedBytes } from "./vault.js";

/** Rows of store staff: sealed whole, only their id and whose they are can be read. */

/** @typedef {"notices" | "replies" | "sendings"} Whole */
/** @typedef {import("./schema.js").RestingOf} Resting */

/**
 * A row ready to be put.
 * @param {string} account
 * @param {string} id
 * @param {unknown} value
 * @param {number} [turn] how often it was written before
 * @returns {Promise<Resting>}
 */
export async function resting(account, id, value, turn = 0) {
  return { id, account, turn, sealed: await sealed(account, value) };
}

/**
 * @param {Whole} store
 * @param {string} account
 * @param {string} id
 * @param {unknown} value
 */
export async function keepRow(store, account, id, value) {
  const row = await resting(account, id, value);
  await within([store, "keys"], "readwrite", async (tx) => {
    // Erased while it was sealed: nothing may stay that came after.
    if (!(await tx.objectStore("keys").get(account))) throw new Erased();
    await tx.objectStore(store).put(row);
  });
}

/**
 * Everything an account has in a store; rows whose key was destroyed are nobody's any more.
 * @template T
 * @param {Whole} store
 * @param {string} account
 * @returns {Promise<T[]>}
 */
export async function rowsOf(store, account) {
  const kept = await within([store], "readonly", (tx) =>
    tx.objectStore(store).index("account").getAll(account),
  );
  const values = await Promise.all(kept.map((row) => read(row)));
  return /** @type {T[]} */ (values.filter((value) => value !== undefined));
}

/** @param {Resting} row */
async function read(row) {
  try {
    return await opened(row.account, row.sealed);
  } catch (error) {
    if (error instanceof Erased) return undefined;
    throw error;
  }
}

/**
 * Changes a row as it is now, whatever another window did to it meanwhile. Undefined where there is none any more.
 * @template T
 * @param {Whole} store
 * @param {string} account
 * @param {string} id
 * @param {(now: T) => T} change
 * @returns {Promise<T | undefined>}
 */
export async function changeSealed(store, account, id, change) {
  for (;;) {
    const kept = await within([store], "readonly", (tx) => tx.objectStore(store).get(id));
    if (!kept || kept.account !== account) return undefined;
    const next = change(/** @type {T} */ (await opened(account, kept.sealed)));
    const put = await resting(account, id, next, kept.turn + 1);
    const done = await within([store], "readwrite", async (tx) => {
      const there = await tx.objectStore(store).get(id);
      if (there?.turn === kept.turn) await tx.objectStore(store).put(put);
      return there?.turn === kept.turn;
    });
    if (done) return next;
  }
}

/**
 * @param {Whole | "pictures"} store
 * @param {readonly string[]} ids
 */
export async function dropRows(store, ids) {
  await within([store], "readwrite", async (tx) => {
    await Promise.all(ids.map((id) => tx.objectStore(store).delete(id)));
  });
}

/**
 * @param {string} account
 * @param {string} id
 * @param {ArrayBuffer} bytes
 */
export async function keepPicture(account, id, bytes) {
  /** @type {{key: string, iv: Uint8Array<ArrayBuffer>, bytes: ArrayBuffer}} */
  const part = await sealedBytes(account, bytes);
  const row = { id, account, turn: 0, sealed: part };
  await within(["pictures"], "readwrite", (tx) => tx.objectStore("pictures").put(row));
}

/**
 * @param {string} id
 * @returns {Promise<ArrayBuffer | undefined>}
 */
export async function pictureOf(id) {
  const row = await within(["pictures"], "readonly", (tx) => tx.objectStore("pictures").get(id));
  return row && openedBytes(row.account, /** @type {SealedPart} */ (row.sealed));
}

/**
 * Which pictures of an account are here.
 * @param {string} account
 * @returns {Promise<Set<string>>}
 */
export async function picturesHere(account) {
  const keys = await within(["pictures"], "readonly", (tx) =>
    tx.objectStore("pictures").index("account").getAllKeys(account),
  );
  return new Set(keys);
}
