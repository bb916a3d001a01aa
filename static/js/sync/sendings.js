/** @import {SendingRow} from "../types.js" */
import { computed, signal } from "../../vendor/signals-core.js";
import { wait } from "../model/backoff.js";
import { bytesOf } from "../model/bytes.js";
import { isOnItsWay, isReceiptOf, movedOn } from "../model/sending_moves.js";
import { isOfOne, verdictOn } from "../model/verdict.js";
import { changeSealed, rowsOf } from "../store/sealed_rows.js";
import { Refused, Unreachable, ask, askedToWait } from "./api.js";
import { account, isStill, standing } from "./session.js";
import { refreshNotices } from "./store_notices.js";
import { recallUploads, sendPhotos, takeArrived, uploads } from "./uploads.js";
import { alone, tellOthers } from "./windows.js";

/** Everything store staff sent from this phone, oldest first. */
export const sendings = signal(/** @type {readonly SendingRow[]} */ ([]));
export const onTheirWay = computed(() => sendings.value.filter(isOnItsWay));

/** When the next try is due; 0: none is waiting. */
export const nextSending = signal(0);

let failures = 0;
let notBefore = 0;
/** @type {Promise<void> | null} */
let running = null;
let again = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} id */
export async function recallSendings(id) {
  const rows = /** @type {SendingRow[]} */ (await rowsOf("sendings", id));
  sendings.value = rows.sort((a, b) => a.frozen_at.localeCompare(b.frozen_at));
  await recallUploads(id);
}

/**
 * Brings everything of this account to the server: photos first, then what names them. Every trigger leads here. A
 * call during a run makes it run once more; only a person goes ahead of a wait the server asked for.
 * @param {{by?: "event" | "timer" | "person"}} [trigger]
 */
export function flushSendings({ by = "event" } = {}) {
  if (by !== "timer") failures = 0;
  if (by === "person") notBefore = 0;
  again = true;
  running ??= run().finally(() => {
    running = null;
  });
  return running;
}

async function run() {
  try {
    while (again) {
      again = false;
      await alone("mingcha-outbox", round);
    }
  } finally {
    tellOthers();
  }
}

/**
 * Another try for what waits for a person, asked for by that person.
 * @param {SendingRow} row
 */
export async function retrySending(row) {
  await change(row, (now) => movedOn(now, "waiting", { problem: null }));
  await flushSendings({ by: "person" });
}

async function round() {
  const id = account.peek()?.id;
  if (!id) return void (notBefore = 0);
  clearTimeout(timer);
  nextSending.value = 0;
  await recallSendings(id);
  if (!hasWork()) return;
  if (Date.now() < notBefore) return later(notBefore - Date.now());
  try {
    await bringAll(id);
    failures = 0;
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    halt(error);
  }
}

function hasWork() {
  if (sendings.peek().some(isDue)) return true;
  return [...uploads.peek().values()].some(
    ({ state }) => state === "waiting" || state === "sending",
  );
}

/**
 * What has to wait by itself holds up no other, and is the trouble of the pass in the end.
 * @param {string} id
 */
async function bringAll(id) {
  const before = sendings.peek().filter(isDue).length;
  let put_off = await deliverAll((row) => !row.photos.length);
  put_off = (await sendPhotos(id)) ?? put_off;
  put_off = (await deliverAll((row) => row.photos.every(isSettled))) ?? put_off;
  if (sendings.peek().filter(isDue).length < before) void refreshNotices(id).catch(() => undefined);
  if (put_off) throw put_off;
}

/** @param {(row: SendingRow) => boolean} ready */
async function deliverAll(ready) {
  /** @type {Refused | null} */
  let put_off = null;
  for (const row of sendings.peek())
    if (isDue(row) && ready(row)) put_off = (await deliver(row)) ?? put_off;
  return put_off;
}

/**
 * Whether a file waits for nothing any more. One the server refused goes nowhere: what names it is sent all the
 * same, for the server to say so.
 * @param {string} sha256
 */
function isSettled(sha256) {
  // One that was sent from another phone is known to the server, not to this one.
  const state = uploads.peek().get(sha256)?.state ?? "here";
  return state === "here" || state === "refused";
}

/** @param {SendingRow} row */
function isDue({ state }) {
  return state === "waiting" || state === "sending" || state === "sign_in";
}

/** @param {Refused | Unreachable} error */
function halt(error) {
  if (error instanceof Refused && error.problem.status === 401) {
    standing.value = "out";
    return;
  }
  if (takeArrived()) failures = 0;
  const asked = error instanceof Refused ? askedToWait(error) : 0;
  if (asked) notBefore = Date.now() + asked;
  const pause = wait(failures, Math.random(), asked);
  failures += 1;
  later(pause);
}

/** @param {number} pause */
function later(pause) {
  nextSending.value = Date.now() + pause;
  clearTimeout(timer);
  timer = setTimeout(() => void flushSendings({ by: "timer" }), pause);
  /** @type {{unref?: () => void}} */ (/** @type {unknown} */ (timer)).unref?.();
}

/**
 * @param {SendingRow} row
 * @returns {Promise<Refused | null>} why it waits for the next pass, where the others need not
 */
async function deliver(row) {
  if (!isStill(row.account)) throw new Unreachable("another person");
  await change(row, (now) => movedOn(now, "sending"));
  try {
    const headers = { "content-type": "application/json", "x-content-sha256": row.content_hash };
    const { data } = await ask("PUT", row.path, { bytes: bytesOf(row.body), headers });
    if (!isReceiptOf(row, data)) throw new Unreachable("not our receipt");
    await change(row, (now) =>
      movedOn(now, "received", { receipt: data, problem: null, tries: 0 }),
    );
    return null;
  } catch (error) {
    const state = await noteFailure(row, error);
    if (!(error instanceof Refused && isOfOne(error.problem))) throw error;
    return state === "stopped" ? null : error;
  }
}

/**
 * @param {SendingRow} row
 * @param {unknown} error
 */
async function noteFailure(row, error) {
  const problem = error instanceof Refused ? error.problem : null;
  const verdict = problem ? verdictOn(problem) : "again";
  const state = verdict === "again" ? "waiting" : verdict;
  await change(row, (now) => movedOn(now, state, { problem, tries: now.tries + 1 }));
  return state;
}

/**
 * @param {SendingRow} row
 * @param {(row: SendingRow) => SendingRow} move
 */
async function change(row, move) {
  const next = await changeSealed("sendings", row.account, row.id, move);
  if (next) sendings.value = sendings.peek().map((one) => (one.id === row.id ? next : one));
}

/**
 * What was sent about a line and has not arrived, the latest; what is said in its appeal is not about the line.
 * @param {string} notice
 * @param {number} line
 */
export function lineSending(notice, line) {
  return [...onTheirWay.value]
    .reverse()
    .find((row) => row.notice === notice && row.line === line && !row.appeal);
}
