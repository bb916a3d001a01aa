import { within } from "./database.js";

/**
 * A small fact about this phone: the person signed in, its id, the offset of its clock.
 * @template T
 * @param {string} key
 * @returns {Promise<T | undefined>}
 */
export async function readMeta(key) {
  const row = await within(["meta"], "readonly", (tx) => tx.objectStore("meta").get(key));
  return /** @type {T | undefined} */ (row?.value);
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export async function writeMeta(key, value) {
  await within(["meta"], "readwrite", (tx) => tx.objectStore("meta").put({ key, value }));
}

/** @param {string} key */
export async function forgetMeta(key) {
  await within(["meta"], "readwrite", (tx) => tx.objectStore("meta").delete(key));
}
