/** @import {Held, Imported} from "../store/export.js" */
/** @import {Seal} from "./sealed_file.js" */
import { bytesOf } from "../model/bytes.js";
import { normalCode } from "../model/transfer_code.js";
import { keepFetched } from "../store/draft_copies.js";
import { heldBy, keepImported } from "../store/export.js";
import { photoOf } from "../store/photos.js";
import { withPixels } from "../store/room.js";
import { needRubric } from "./assignments.js";
import { deviceId } from "./device.js";
import { thumbOf } from "./fetched_photos.js";
import { sha256 } from "./hashing.js";
import { FileRefused, newSeal, openFile, opening, record, recordAt } from "./sealed_file.js";

/** @typedef {Held & {account: string, device: string, made_at: string}} Manifest */

/**
 * Everything only this phone holds, in one file that opens with a code. Nothing here is changed by it.
 * @param {string} account
 * @param {string} code
 * @returns {Promise<{file: Blob, drafts: number, rows: number, photos: number}>}
 */
export async function exported(account, code) {
  const held = await heldBy(account);
  const seal = await newSeal(normalCode(code));
  const device = await deviceId();
  /** @type {Manifest} */
  const manifest = { ...held, account, device, made_at: new Date().toISOString() };
  const parts = [opening(seal), await record(seal, 0, bytesOf(JSON.stringify(manifest)))];
  // One photo in memory at a time: the browser keeps what is sealed outside the page's own memory.
  for (const [index, photo] of held.photos.entries())
    parts.push(await record(seal, index + 1, await pixels(photo.sha256)));
  const file = new Blob(parts, { type: "application/octet-stream" });
  const drafts = held.documents.filter(({ visit }) => visit.state === "draft").length;
  return { file, drafts, rows: held.rows.length, photos: held.photos.length };
}

/** @param {string} hash */
async function pixels(hash) {
  const bytes = (await photoOf(hash))?.bytes;
  if (!bytes) throw new Error(`photo ${hash} went away while it was exported`);
  return bytes;
}

/**
 * Takes up what another phone of the same person exported. The whole file is read and checked before anything of
 * it is kept. Throws `FileRefused`.
 * @param {string} account
 * @param {Blob} file
 * @param {string} code
 * @returns {Promise<Imported>}
 */
export async function imported(account, file, code) {
  const { seal, at } = await openFile(file, normalCode(code));
  const first = await recordAt(file, seal, 0, at);
  const manifest = await checked(account, first.bytes);
  await eachPhoto(file, seal, first.next, manifest, async () => undefined);
  await eachPhoto(file, seal, first.next, manifest, (hash, bytes) =>
    keepPixels(account, hash, bytes),
  );
  const rubrics = new Set(manifest.documents.map((document) => document.visit.rubric));
  for (const digest of rubrics) await needRubric(digest).catch(() => undefined);
  return keepImported(account, manifest, manifest.device);
}

/**
 * @param {string} account
 * @param {string} hash
 * @param {ArrayBuffer} bytes
 */
async function keepPixels(account, hash, bytes) {
  const [known] = await withPixels([hash]);
  if (!known)
    await keepFetched(account, { format: 1, sha256: hash, bytes, thumb: await thumbOf(bytes) });
}

/**
 * @param {string} account
 * @param {ArrayBuffer} bytes
 * @returns {Promise<Manifest>}
 */
async function checked(account, bytes) {
  const manifest = /** @type {Manifest} */ (JSON.parse(new TextDecoder().decode(bytes)));
  const whose = [
    manifest.account,
    ...manifest.documents.map((document) => document.visit.account),
    ...manifest.rows.map((row) => row.account),
  ];
  if (whose.some((one) => one !== account)) throw new FileRefused("another_account");
  for (const row of manifest.rows)
    if ((await sha256(bytesOf(row.body))) !== row.content_hash) throw new FileRefused("damaged");
  return manifest;
}

/**
 * @param {Blob} file
 * @param {Seal} seal
 * @param {number} from
 * @param {Manifest} manifest
 * @param {(hash: string, bytes: ArrayBuffer) => Promise<void>} use
 */
async function eachPhoto(file, seal, from, manifest, use) {
  let at = from;
  for (const [index, { sha256: hash }] of manifest.photos.entries()) {
    const { bytes, next } = await recordAt(file, seal, index + 1, at);
    if ((await sha256(bytes)) !== hash) throw new FileRefused("damaged");
    await use(hash, bytes);
    at = next;
  }
  if (at !== file.size) throw new FileRefused("damaged");
}
