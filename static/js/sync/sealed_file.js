/**
 * The file drafts travel in: what it is, how its key is made, then one sealed record after the other. Each record
 * is sealed apart, so that neither side ever holds more than one photo; each is bound to the head and to its
 * place, so that none can be changed, left out or moved.
 */

import { bytesOf, hexOf } from "../model/bytes.js";

const MAGIC = "MINGCHA1";
const ROUNDS = 600_000;
const MOST_ROUNDS = 5_000_000;
const LARGEST_RECORD = 64 * 1024 * 1024;

/** Why a file cannot be imported, by the name of the sentence that says so. */
export class FileRefused extends Error {
  /** @param {"not_ours" | "too_new" | "wrong_code" | "damaged" | "another_account"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** @typedef {{head: Uint8Array<ArrayBuffer>, nonce: Uint8Array<ArrayBuffer>, key: CryptoKey}} Seal */

/**
 * Begins a file: its head, and what seals its records.
 * @param {string} code
 * @returns {Promise<Seal>}
 */
export async function newSeal(code) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(8));
  const facts = { format: 1, rounds: ROUNDS, salt: hexOf(salt), nonce: hexOf(nonce) };
  const head = new Uint8Array(bytesOf(JSON.stringify(facts)));
  return { head, nonce, key: await keyFrom(code, salt, ROUNDS) };
}

/**
 * The bytes a file begins with.
 * @param {Seal} seal
 */
export function opening({ head }) {
  return new Blob([bytesOf(MAGIC), number(head.length), head]);
}

/**
 * One record, ready to be appended.
 * @param {Seal} seal
 * @param {number} index
 * @param {BufferSource} bytes
 */
export async function record(seal, index, bytes) {
  const sealed = await crypto.subtle.encrypt(how(seal, index), seal.key, bytes);
  return new Blob([number(sealed.byteLength), sealed]);
}

/**
 * Reads the head of a file. Throws `FileRefused`.
 * @param {Blob} file
 * @param {string} code
 * @returns {Promise<{seal: Seal, at: number}>}
 */
export async function openFile(file, code) {
  if ((await textIn(file, 0, MAGIC.length)) !== MAGIC) throw new FileRefused("not_ours");
  const length = await numberIn(file, MAGIC.length);
  const from = MAGIC.length + 4;
  const head = await bytesIn(file, from, length);
  const { rounds, salt, nonce } = factsIn(head);
  const key = await keyFrom(code, unhex(salt), rounds);
  return { seal: { head, nonce: unhex(nonce), key }, at: from + length };
}

/**
 * Reads one record and says where the next begins. Throws `FileRefused`.
 * @param {Blob} file
 * @param {Seal} seal
 * @param {number} index
 * @param {number} at
 */
export async function recordAt(file, seal, index, at) {
  const length = await numberIn(file, at);
  if (length > LARGEST_RECORD) throw new FileRefused("damaged");
  const sealed = await bytesIn(file, at + 4, length);
  try {
    const bytes = await crypto.subtle.decrypt(how(seal, index), seal.key, sealed);
    return { bytes, next: at + 4 + length };
  } catch {
    // Whoever mistyped the code finds nothing readable from the first record on.
    throw new FileRefused(index === 0 ? "wrong_code" : "damaged");
  }
}

/** @param {Uint8Array} head */
function factsIn(head) {
  const { format, rounds, salt, nonce } = parsed(head);
  if (Number(format) > 1) throw new FileRefused("too_new");
  if (!isCount(rounds) || !isHex(salt) || !isHex(nonce)) throw new FileRefused("damaged");
  return { rounds, salt, nonce };
}

/** @param {unknown} rounds @returns {rounds is number} */
function isCount(rounds) {
  return Number.isInteger(rounds) && Number(rounds) > 0 && Number(rounds) <= MOST_ROUNDS;
}

/** @param {Uint8Array} bytes @returns {Record<string, unknown>} */
function parsed(bytes) {
  try {
    return { ...JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    throw new FileRefused("damaged");
  }
}

/**
 * @param {Seal} seal
 * @param {number} index
 */
function how({ head, nonce }, index) {
  const place = number(index);
  return {
    name: "AES-GCM",
    iv: new Uint8Array([...nonce, ...place]),
    additionalData: new Uint8Array([...head, ...place]),
  };
}

/**
 * @param {string} code
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {number} iterations
 */
async function keyFrom(code, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", bytesOf(code), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const kind = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(way, typed, kind, false, ["encrypt", "decrypt"]);
}

/**
 * @param {Blob} file
 * @param {number} from
 * @param {number} length
 */
async function bytesIn(file, from, length) {
  const part = file.slice(from, from + length);
  if (part.size !== length) throw new FileRefused("damaged");
  return new Uint8Array(await part.arrayBuffer());
}

/**
 * @param {Blob} file
 * @param {number} from
 * @param {number} length
 */
async function textIn(file, from, length) {
  return file.slice(from, from + length).text();
}

/**
 * @param {Blob} file
 * @param {number} at
 */
async function numberIn(file, at) {
  return new DataView((await bytesIn(file, at, 4)).buffer).getUint32(0);
}

/** @param {number} value */
function number(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** @param {unknown} text @returns {text is string} */
function isHex(text) {
  return typeof text === "string" && /^([0-9a-f]{2}){8,32}$/.test(text);
}

/** @param {string} text */
function unhex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
