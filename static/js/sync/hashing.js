import { hexOf } from "../model/bytes.js";
import { uuid7 } from "../model/uuid7.js";

/**
 * SHA-256 in hexadecimal.
 * @param {ArrayBuffer} bytes
 */
export async function sha256(bytes) {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** A new id, made on the phone. */
export function newId() {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
