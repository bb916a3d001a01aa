/** @import {SealedPart} from "../types.js" */
import { forgetMeta, readMeta, writeMeta } from "./meta.js";
import { Erased, opened, sealed } from "./vault.js";

/**
 * A small fact about one account's work, sealed like the work itself and erased with it.
 * @template T
 * @param {string} account
 * @param {string} name
 * @returns {Promise<T | undefined>}
 */
export async function factOf(account, name) {
  const part = /** @type {SealedPart | undefined} */ (await readMeta(keyOf(account, name)));
  if (!part) return undefined;
  try {
    return /** @type {T} */ (await opened(account, part));
  } catch (error) {
    if (error instanceof Erased) return undefined;
    throw error;
  }
}

/**
 * @param {string} account
 * @param {string} name
 * @param {unknown} value undefined: forget it
 */
export async function keepFact(account, name, value) {
  if (value === undefined) await forgetMeta(keyOf(account, name));
  else await writeMeta(keyOf(account, name), await sealed(account, value));
}

/** @param {string} account @param {string} name */
function keyOf(account, name) {
  return `${name}:${account}`;
}
