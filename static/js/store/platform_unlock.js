/** @import {PlatformDoor} from "../types.js" */
import { openByPin, rightOne } from "./pin.js";
import { changeKeyRow, keyRowOf, random, unwrapped, use, wrapped } from "./vault.js";

/**
 * Fingerprint or face instead of the PIN, where the platform keeps secrets for pages (WebAuthn with PRF). The
 * PIN goes on working: a finger may be wet, a phone may be restored.
 */

/** @typedef {{prf?: {enabled?: boolean, results?: {first?: BufferSource}}}} Prf */

const PATIENCE = 60_000;

/** Whether this phone has it. */
export async function hasPlatformUnlock() {
  const known = globalThis.PublicKeyCredential;
  if (!known?.isUserVerifyingPlatformAuthenticatorAvailable) return false;
  const can = await known.getClientCapabilities?.().catch(() => undefined);
  if (can && can["extension:prf"] === false) return false;
  return known.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/**
 * Lets the platform open what the PIN opens. Resolves to false where the platform cannot after all.
 * @param {string} account
 * @param {string} pin
 * @param {string} label what the phone's own dialog calls it
 */
export async function addPlatformUnlock(account, pin, label) {
  const { row, key } = await openByPin(account, pin, true);
  const salt = random(32);
  const credential = await newCredential(label);
  const secret = credential && (await secretOf(credential, salt));
  if (!credential || !secret) return false;
  const platform = { credential, salt, ...(await wrapped(secret, key)) };
  await changeKeyRow(row, (now) => ({ ...now, platform }));
  return true;
}

/** @param {string} account */
export async function removePlatformUnlock(account) {
  const row = await keyRowOf(account);
  if (row) await changeKeyRow(row, (now) => ({ ...now, platform: null }));
}

/**
 * Opens an account's content with the platform's secret. Resolves to false where it was not given.
 * @param {string} account
 */
export async function unlockByPlatform(account) {
  const row = await keyRowOf(account);
  if (!row?.platform || !row.pin) return false;
  const secret = await secretOf(row.platform.credential, row.platform.salt);
  if (!secret) return false;
  const key = await unwrapped(secret, row.platform);
  use(await rightOne(row), key);
  return true;
}

/**
 * @param {string} label
 * @returns {Promise<PlatformDoor["credential"] | null>}
 */
async function newCredential(label) {
  const publicKey = {
    rp: { name: label },
    user: { id: random(16), name: label, displayName: label },
    challenge: random(32),
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: /** @type {const} */ ("public-key"), alg })),
    authenticatorSelection: {
      authenticatorAttachment: /** @type {const} */ ("platform"),
      residentKey: /** @type {const} */ ("preferred"),
      userVerification: /** @type {const} */ ("required"),
    },
    timeout: PATIENCE,
    extensions: /** @type {AuthenticationExtensionsClientInputs} */ ({ prf: {} }),
  };
  const made = await asked(navigator.credentials.create({ publicKey }));
  const said = /** @type {Prf | undefined} */ (made?.getClientExtensionResults());
  return made && said?.prf?.enabled ? new Uint8Array(made.rawId) : null;
}

/**
 * What the platform derives for us from a salt, after it has seen its owner.
 * @param {PlatformDoor["credential"]} credential
 * @param {PlatformDoor["salt"]} salt
 */
async function secretOf(credential, salt) {
  const publicKey = {
    challenge: random(32),
    allowCredentials: [{ type: /** @type {const} */ ("public-key"), id: credential }],
    userVerification: /** @type {const} */ ("required"),
    timeout: PATIENCE,
    extensions: /** @type {AuthenticationExtensionsClientInputs} */ ({
      prf: { eval: { first: salt } },
    }),
  };
  const shown = await asked(navigator.credentials.get({ publicKey }));
  const said = /** @type {Prf | undefined} */ (shown?.getClientExtensionResults());
  const first = said?.prf?.results?.first;
  if (!first) return null;
  return crypto.subtle.importKey("raw", first, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

/**
 * @param {Promise<Credential | null>} question
 * @returns {Promise<PublicKeyCredential | null>} null: not now, said the person or the platform
 */
async function asked(question) {
  try {
    return /** @type {PublicKeyCredential | null} */ (await question);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
