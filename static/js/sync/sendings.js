/** @import {SendingRow} from "../types.js" */
import { computed, signal } from "../../vendor/signals-core.js";
import { bytesOf } from "../model/bytes.js";
import { isOnItsWay, isReceiptOf, isUnshown, movedOn } from "../model/sending_moves.js";
import { isOfOne } from "../model/verdict.js";
import { changeSealed, rowsOf } from "../store/sealed_rows.js";
import { Refused, Unreachable, ask } from "./api.js";
import { isDue, passesOver, setback } from "./passes.js";
import { isStill } from "./session.js";
import { refreshNotices } from "./store_notices.js";
import { recallUploads, sendPhotos, uploads } from "./uploads.js";

/** Everything store staff sent from this phone, oldest first. */
export const sendings = signal(/** @type {readonly SendingRow[]} */ ([]));
export const onTheirWay = computed(() => sendings.value.filter(isOnItsWay));

/** What has not arrived, and what has but is not in anything fetched since: nothing else tells of it. */
export const toldOf = computed(() =>
  sendings.value.filter((row) => isOnItsWay(row) || isUnshown(row)),
);

const passes = passesOver({ recall: recallSendings, hasWork, bring: bringAll });
export const { nextTry: nextSending, flush: flushSendings } = passes;

/** @param {string} id */
export async function recallSendings(id) {
  const rows = /** @type {SendingRow[]} */ (await rowsOf("sendings", id));
  sendings.value = rows.sort((a, b) => a.frozen_at.localeCompare(b.frozen_at));
  await recallUploads(id);
}

/**
 * Another try for what waits for a person, asked for by that person.
 * @param {SendingRow} row
 */
export async function retrySending(row) {
  await change(row, (now) => movedOn(now, "waiting", { problem: null }));
  await flushSendings({ by: "person" });
}

function hasWork() {
  if (sendings.peek().some((row) => isDue(row) || isUnshown(row))) return true;
  return [...uploads.peek().values()].some(
    ({ state }) => state === "waiting" || state === "sending",
  );
}

/**
 * Photos before what names them. What has to wait by itself holds up no other, and is the trouble of the pass in
 * the end.
 * @param {string} id
 */
async function bringAll(id) {
  try {
    let put_off = await deliverAll((row) => !row.photos.length);
    put_off = (await sendPhotos(id)) ?? put_off;
    put_off = (await deliverAll((row) => row.photos.every(isSettled))) ?? put_off;
    if (put_off) throw put_off;
  } catch (error) {
    // What arrived before is not left untold for what could not be sent.
    await fetchBack(id).catch(() => undefined);
    throw error;
  }
  await fetchBack(id);
}

const OF_APPEALS = new Set(["appeal", "message", "withdrawal"]);

/**
 * Fetches what became of whatever the server answered to; where that fails, the next pass does.
 * @param {string} id
 */
async function fetchBack(id) {
  const answered = sendings.peek().filter(isUnshown);
  if (!answered.length) return;
  await refreshNotices(id);
  await noteShown(answered.filter(({ kind }) => !OF_APPEALS.has(kind)));
  const { lookAgain } = await import("./staff_more.js");
  await lookAgain(id);
  await noteShown(answered.filter(({ kind }) => OF_APPEALS.has(kind)));
}

/** @param {readonly SendingRow[]} rows */
async function noteShown(rows) {
  for (const row of rows)
    await change(row, (now) => (now.state === row.state ? { ...now, shown: true } : now));
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
  const { problem, state } = setback(error);
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
 * What was sent about a line and is not in its notice yet, the latest; what is said in its appeal is not about the
 * line.
 * @param {string} notice
 * @param {number} line
 */
export function lineSending(notice, line) {
  return [...toldOf.value]
    .reverse()
    .find((row) => row.notice === notice && row.line === line && !row.appeal);
}
