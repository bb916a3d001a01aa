/**
 * Text as it is hashed, sealed and sent.
 * @param {string} text
 * @returns {ArrayBuffer}
 */
export function bytesOf(text) {
  return /** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer);
}

/** @param {Uint8Array} bytes */
export function hexOf(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
