/** @import {UploadRow} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { ABSENT, isAbsent } from "../model/absent.js";
import { START, afterCut, afterPiece } from "../model/pace.js";
import { isOfOne, verdictOn } from "../model/verdict.js";
import { keepUpload, photoOf, uploadsOf } from "../store/photos.js";
import { Refused, Unreachable, ask } from "./api.js";
import { isStill } from "./session.js";

/** How far each photo of this account has travelled, by hash. */
export const uploads = signal(/** @type {ReadonlyMap<string, UploadRow>} */ (new Map()));

/** What arrives damaged so often is no accident of the line. */
const MOST_DAMAGED = 3;

/** How often one photo is tried in a pass before the next one gets its turn. */
const TRIES = 2;

let pace = START;

/** Where the piece began that was cut, by photo: how much of it is there is asked before going on.
 * @type {Map<string, number>}
 */
const cuts = new Map();

let arrived = 0;

/** Bytes that arrived since this was last asked: a line on which something moves is worth the next try. */
export function takeArrived() {
  const bytes = arrived;
  arrived = 0;
  return bytes;
}

/** @param {string} account */
export async function recallUploads(account) {
  uploads.value = new Map((await uploadsOf(account)).map((row) => [row.sha256, row]));
}

/**
 * Sends every photo not yet with the server, whether its visit is still being filled in or not. One the server
 * will not take now holds up no other and waits for the next pass.
 * @param {string} account
 * @returns {Promise<Refused | null>} why a photo waits for the next pass
 */
export async function sendPhotos(account) {
  await recallUploads(account);
  /** @type {Refused | null} */
  let put_off = null;
  for (const { sha256, state } of uploads.peek().values()) {
    if (state === "here" || state === "refused") continue;
    if (!isStill(account)) throw new Unreachable("another person");
    const photo = await photoOf(sha256);
    if (photo?.bytes) put_off = (await tryPhoto(sha256, photo.bytes)) ?? put_off;
  }
  return put_off;
}

/**
 * Sends one photo, and again from where the server is. Returns what it was refused for in the end; throws what
 * would meet every other photo too.
 * @param {string} sha256
 * @param {ArrayBuffer} bytes
 */
async function tryPhoto(sha256, bytes) {
  for (let tries = 1; ; tries += 1) {
    const row = uploads.peek().get(sha256);
    if (!row) return null;
    try {
      return void (await sendPhoto(row, bytes));
    } catch (error) {
      if (!(error instanceof Refused && isOfOne(error.problem))) throw error;
      if (tries === TRIES) return error;
    }
  }
}

/**
 * Queues again what the server says it does not have. What is not on this phone either is said to be missing.
 * @param {readonly string[]} hashes
 * @returns {Promise<boolean>} whether anything was queued
 */
export async function sendAgain(hashes) {
  let queued = false;
  for (const row of hashes.flatMap((sha256) => uploads.peek().get(sha256) ?? [])) {
    const here = Boolean((await photoOf(row.sha256))?.bytes);
    queued ||= here;
    if (here) await noteUpload({ ...row, state: "waiting", offset: 0, problem: "" });
    else if (!isAbsent(row))
      await noteUpload({ ...row, state: "refused", offset: 0, problem: ABSENT });
  }
  return queued;
}

/**
 * @param {UploadRow} row
 * @param {ArrayBuffer} bytes
 */
async function sendPhoto(row, bytes) {
  try {
    await noteUpload({ ...row, state: "sending", problem: "", tried: true });
    let offset = await whereToBegin(row, bytes.byteLength);
    let damaged = 0;
    while (offset < bytes.byteLength) {
      const next = await sendPiece(row, bytes, offset);
      damaged += Number(next <= offset);
      if (damaged === MOST_DAMAGED)
        return await noteUpload({
          ...row,
          state: "refused",
          offset: 0,
          problem: "damaged",
          tried: true,
        });
      offset = next;
      await noteUpload({ ...row, state: "sending", offset, problem: "", tried: true });
    }
    await noteUpload({ ...row, state: "here", offset: bytes.byteLength, problem: "", tried: true });
  } catch (error) {
    await noteFailure(row, error);
    if (!isFinal(error)) throw error;
  }
}

/**
 * What was never tried is simply begun; the server says so if it knows better.
 * @param {UploadRow} row
 * @param {number} size
 */
function whereToBegin(row, size) {
  return row.tried || row.offset ? whereToGoOn(row, size) : 0;
}

/** Where a file goes. @param {UploadRow} row */
function placeOf({ sha256, document }) {
  return `/api/${document ? "appeal-documents" : "photos"}/${sha256}`;
}

/**
 * Where the server is with a photo, and what became of the piece that was cut.
 * @param {UploadRow} row
 * @param {number} size
 */
async function whereToGoOn(row, size) {
  const { sha256 } = row;
  const offset = await whereFrom(row, size);
  const cut = cuts.get(sha256);
  if (cut === undefined) return offset;
  cuts.delete(sha256);
  arrived += Math.max(0, offset - cut);
  pace = afterCut(pace, offset - cut);
  return offset;
}

/**
 * How much of a photo the server has.
 * @param {UploadRow} row
 * @param {number} size
 */
async function whereFrom(row, size) {
  const { status, headers } = await ask("HEAD", placeOf(row));
  if (status === 404) return 0;
  if (status >= 400) throw new Refused({ status, code: "", title: "", detail: "" }, headers);
  if (headers.get("upload-complete") === "?1") return size;
  return offsetIn(headers);
}

/**
 * Sends one piece and returns where to go on.
 * @param {UploadRow} row
 * @param {ArrayBuffer} bytes
 * @param {number} offset
 */
async function sendPiece(row, bytes, offset) {
  try {
    const headers = {
      "content-type": "application/octet-stream",
      "upload-offset": String(offset),
      "upload-length": String(bytes.byteLength),
    };
    const { data } = await ask("PATCH", placeOf(row), {
      bytes: bytes.slice(offset, offset + pace.piece),
      headers,
    });
    const next = reached(data);
    pace = afterPiece(pace);
    arrived += Math.max(0, next - offset);
    return next;
  } catch (error) {
    if (error instanceof Unreachable) cuts.set(row.sha256, offset);
    if (!(error instanceof Refused)) throw error;
    const { code } = error.problem;
    if (code === "content.hash_mismatch") return 0;
    const there = code === "photo.offset_mismatch" ? offsetIn(error.headers) : offset;
    // Told to begin where this piece began: sending it once more leads nowhere.
    if (there === offset) throw error;
    return there;
  }
}

/** @param {unknown} data */
function reached(data) {
  const offset = /** @type {{offset?: unknown} | null} */ (data)?.offset;
  if (typeof offset !== "number") throw new Unreachable("no offset");
  return offset;
}

/** @param {Headers} headers */
function offsetIn(headers) {
  const offset = Number(headers.get("upload-offset") ?? Number.NaN);
  // A page in between answers 200 too, but knows no offset.
  if (!Number.isInteger(offset)) throw new Unreachable("no offset");
  return offset;
}

/** Answers about where a photo stands, not about the photo: they pass. */
const OF_NOW = new Set([404, 409]);

/**
 * @param {unknown} error
 * @returns {error is Refused}
 */
function isFinal(error) {
  if (!(error instanceof Refused)) return false;
  return verdictOn(error.problem) === "stopped" && !OF_NOW.has(error.problem.status);
}

/**
 * @param {UploadRow} row
 * @param {unknown} error
 */
async function noteFailure(row, error) {
  const known = uploads.peek().get(row.sha256) ?? row;
  if (isFinal(error))
    await noteUpload({ ...known, state: "refused", problem: error.problem.detail });
  else await noteUpload({ ...known, state: "waiting" });
}

/** @param {UploadRow} row */
export async function noteUpload(row) {
  uploads.value = new Map(uploads.peek()).set(row.sha256, row);
  await keepUpload(row);
}
