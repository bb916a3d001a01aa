/** @import {KeyRow, PinDoor} from "../types.js" */
import { bytesOf } from "../model/bytes.js";
import { pauseAfter, stillToWait } from "../model/pin_rules.js";
import {
  Locked,
  changeKeyRow,
  keyRowOf,
  newDoor,
  random,
  sealed,
  unwrapped,
  use,
  wrapped,
} from "./vault.js";

/**
 * The lock in front of an account's data key. With a PIN the key is kept only under what is derived from the
 * PIN and from a second key that does not leave this browser, so that a copied database is not enough to guess.
 */

/** What OWASP asks for with SHA-256; a second on a cheap phone. */
const ROUNDS = 600_000;

/** Minutes out of sight after which the PIN is asked for again, unless somebody chooses otherwise. */
export const MINUTES = 5;

/** Not this PIN. */
export class WrongPin extends Error {}

/** Too many wrong ones: not to be tried before `wait` milliseconds are over. */
export class TooSoon extends Error {
  /** @param {number} wait */
  constructor(wait) {
    super("wait");
    this.wait = wait;
  }
}

/** @typedef {{pin: boolean, platform: boolean, minutes: number, wait: number}} Guard */

/**
 * What stands before an account's content.
 * @param {string} account
 * @returns {Promise<Guard>}
 */
export async function guardOf(account) {
  const row = await keyRowOf(account);
  const wait = row?.pin ? stillToWait(row.pin, Date.now()) : 0;
  const minutes = row?.pin?.minutes ?? MINUTES;
  return { pin: Boolean(row?.pin), platform: Boolean(row?.platform), minutes, wait };
}

/**
 * Puts a PIN in front of content that lies open.
 * @param {string} account
 * @param {string} pin
 */
export async function setPin(account, pin) {
  const row = await rowOf(account);
  if (!row.door) throw new Locked(account);
  const key = await unwrapped(row.door.under, row.door, true);
  const door = await pinDoor(key, pin, MINUTES);
  await changeKeyRow(row, (now) => ({ ...now, door: null, pin: door, platform: null }));
}

/**
 * @param {string} account
 * @param {string} pin
 * @param {string} next
 */
export async function changePin(account, pin, next) {
  const { row, door, key } = await openByPin(account, pin, true);
  const changed = await pinDoor(key, next, door.minutes);
  await changeKeyRow(row, (now) => ({ ...now, pin: changed }));
}

/**
 * @param {string} account
 * @param {string} pin
 */
export async function removePin(account, pin) {
  const { row, key } = await openByPin(account, pin, true);
  const door = await newDoor(key);
  await changeKeyRow(row, (now) => ({ ...now, door, pin: null, platform: null }));
}

/**
 * Opens an account's content for as long as this page lives. Throws `WrongPin` or `TooSoon`.
 * @param {string} account
 * @param {string} pin
 */
export async function unlock(account, pin) {
  const { row, key } = await openByPin(account, pin);
  use(row, key);
}

/**
 * @param {string} account
 * @param {number} minutes
 */
export async function lockAfter(account, minutes) {
  await changeKeyRow(await rowOf(account), (now) => withPin(now, { minutes }));
}

/**
 * @param {string} account
 * @returns {Promise<KeyRow>}
 */
async function rowOf(account) {
  const there = await keyRowOf(account);
  if (there) return there;
  // The first thing sealed makes the key.
  await sealed(account, null);
  return /** @type {Promise<KeyRow>} */ (keyRowOf(account));
}

/**
 * @param {string} account
 * @param {string} pin
 * @param {boolean} [extractable]
 */
export async function openByPin(account, pin, extractable = false) {
  const row = await countedTry(account);
  const door = /** @type {PinDoor} */ (row.pin);
  const under = await derived(pin, door);
  const key = await unwrapped(under, door, extractable).catch(() => {
    throw new WrongPin(account);
  });
  return { row: await rightOne(row), door, key };
}

/**
 * A try is counted before it is made: whoever kills the app in the middle, or tries in two windows, gains nothing.
 * @param {string} account
 * @returns {Promise<KeyRow>}
 */
async function countedTry(account) {
  const now = Date.now();
  let wait = 0;
  const row = await changeKeyRow(await rowOf(account), (there) => {
    wait = there.pin ? stillToWait(there.pin, now) : 0;
    const wrong = (there.pin?.wrong ?? 0) + 1;
    return wait ? there : withPin(there, { wrong, until: now + pauseAfter(wrong) });
  });
  if (!row.pin) throw new WrongPin(account);
  if (wait) throw new TooSoon(wait);
  return row;
}

/**
 * Whoever opened the key starts anew with the tries.
 * @param {KeyRow} row
 */
export function rightOne(row) {
  return changeKeyRow(row, (now) => withPin(now, { wrong: 0, until: 0 }));
}

/**
 * @param {KeyRow} row
 * @param {Partial<PinDoor>} facts
 * @returns {KeyRow}
 */
function withPin(row, facts) {
  return row.pin ? { ...row, pin: { ...row.pin, ...facts } } : row;
}

/**
 * @param {CryptoKey} key
 * @param {string} pin
 * @param {number} minutes
 * @returns {Promise<PinDoor>}
 */
async function pinDoor(key, pin, minutes) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const pepper = /** @type {CryptoKey} */ (await crypto.subtle.generateKey(how, false, ["sign"]));
  const lock = { salt: random(16), rounds: ROUNDS, pepper };
  const door = await wrapped(await derived(pin, lock), key);
  return { ...lock, ...door, wrong: 0, until: 0, minutes };
}

/**
 * @param {string} pin
 * @param {Pick<PinDoor, "salt" | "rounds" | "pepper">} lock
 */
async function derived(pin, { salt, rounds, pepper }) {
  const said = await crypto.subtle.importKey("raw", bytesOf(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  const slow = await crypto.subtle.deriveBits(how, said, 256);
  const mixed = await crypto.subtle.sign("HMAC", pepper, slow);
  return crypto.subtle.importKey("raw", mixed, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}
