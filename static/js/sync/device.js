import { readMeta, writeMeta } from "../store/meta.js";
import { newId } from "./hashing.js";

/** What this app calls itself to the server. */
export const APP = "mingcha-phone 1";

/** This phone's own id, made once. */
export async function deviceId() {
  const known = /** @type {string | undefined} */ (await readMeta("device"));
  if (known) return known;
  const made = newId();
  await writeMeta("device", made);
  return made;
}
