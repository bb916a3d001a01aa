import { readMeta, writeMeta } from "../store/meta.js";
import { newId } from "./hashing.js";

/** What this app calls itself to the server. */
export const APP = "mingcha-phone 1";

/** The id as this page knows it: the system may clear the phone's storage under an open page. */
let mine = "";

/**
 * This phone's own id, made once. Cleared away, it is written again: under another one its own drafts would look
 * like another device's.
 */
export async function deviceId() {
  const known = /** @type {string | undefined} */ (await readMeta("device"));
  mine = known || mine || newId();
  if (!known) await writeMeta("device", mine);
  return mine;
}
