/** @import {OutboxRow, VisitSummary} from "../types.js" */
import { computed, signal } from "../../vendor/signals-core.js";
import { isAbsent } from "../model/absent.js";
import { wait } from "../model/backoff.js";
import { isOurs, isUnsent, moved } from "../model/outbox_moves.js";
import { isOfOne } from "../model/verdict.js";
import { changeRow, outboxOf } from "../store/outbox.js";
import { Refused, Unreachable, ask } from "./api.js";
import { refreshHistory, visitAtServer } from "./history.js";
import { isDue, passesOver, setback } from "./passes.js";
import { isStill } from "./session.js";
import { recallUploads, sendAgain, sendPhotos, uploads } from "./uploads.js";

/** Every frozen visit of this account on this phone, oldest first. */
export const outbox = signal(/** @type {readonly OutboxRow[]} */ ([]));
export const unsent = computed(() => outbox.value.filter(isUnsent));

const passes = passesOver({ recall: recallOutbox, bring: bringAll });
export const { nextTry, flush } = passes;

let questions = 0;

/** @param {string} id */
export async function recallOutbox(id) {
  outbox.value = await outboxOf(id);
  await recallUploads(id);
}

/**
 * Another try for what waits for a person, asked for by that person.
 * @param {OutboxRow} row
 */
export async function retry(row) {
  await change(row, (now) => moved(now, "waiting", { problem: null }));
  const photos = row.photos.flatMap((sha256) => uploads.peek().get(sha256) ?? []);
  const refused = photos.filter((photo) => photo.state === "refused" && !isAbsent(photo));
  await sendAgain(refused.map((photo) => photo.sha256));
  await flush({ by: "person" });
}

/**
 * What has to wait by itself, a visit or a photo, holds up no other, and is the trouble of the pass in the end.
 * @param {string} id
 */
async function bringAll(id) {
  /** @type {Refused | null} */
  let put_off = null;
  for (const row of outbox.peek()) if (isDue(row)) put_off = (await deliver(row)) ?? put_off;
  put_off = (await sendPhotos(id)) ?? put_off;
  await askWhatIsComplete(id);
  if (put_off) throw put_off;
}

/**
 * @param {OutboxRow} row
 * @returns {Promise<Refused | null>} why it waits for the next pass, where the others need not
 */
async function deliver(row) {
  if (!isStill(row.account)) throw new Unreachable("another person");
  await change(row, (now) => moved(now, "sending"));
  try {
    const headers = { "content-type": "application/json", "x-content-sha256": row.content_hash };
    const path = `/api/visits/${row.visit}/attempts/${row.attempt}`;
    const { data } = await ask("PUT", path, { bytes: row.body, headers });
    if (!isOurs(row, data)) throw new Unreachable("not our receipt");
    await change(row, (now) => moved(now, "received", { receipt: data, problem: null, tries: 0 }));
    return null;
  } catch (error) {
    const state = await noteFailure(row, error);
    if (!(error instanceof Refused && isOfOne(error.problem))) throw error;
    return state === "stopped" ? null : error;
  }
}

/**
 * @param {OutboxRow} row
 * @param {unknown} error
 */
async function noteFailure(row, error) {
  const { problem, state } = setback(error);
  await change(row, (now) => moved(now, state, { problem, tries: now.tries + 1 }));
  return state;
}

/**
 * @param {OutboxRow} row
 * @param {(row: OutboxRow) => OutboxRow} move
 */
async function change(row, move) {
  const next = await changeRow(row, move);
  const same = (/** @type {OutboxRow} */ one) =>
    one.visit === row.visit && one.attempt === row.attempt;
  outbox.value = outbox.peek().map((one) => (same(one) ? next : one));
}

/**
 * A visit is complete when the server says that every photo of it arrived and matched.
 * @param {string} id
 */
async function askWhatIsComplete(id) {
  const open = outbox.peek().filter(isOpen);
  if (!open.some((row) => row.state === "received" && allHere(row))) return;
  const visits = await refreshHistory(id);
  for (const row of open)
    await settle(
      row,
      visits.find((visit) => visit.id === row.visit),
    );
  // The server still looks at the photos: ask again, less and less often.
  if (!outbox.peek().some((row) => row.state === "received" && allHere(row))) questions = 0;
  else passes.later(wait(questions++, 1) + 1000);
}

/**
 * What is settled with photos nobody can open is looked at along with others: its next attempt completes it.
 * @param {OutboxRow} row
 */
function isOpen(row) {
  return row.state === "received" || row.state === "unusable";
}

/** @param {OutboxRow} row */
function allHere(row) {
  return row.photos.every((sha256) => {
    const photo = uploads.peek().get(sha256);
    // What this phone never had comes from another one; only the server knows.
    return !photo || photo.state === "here" || isAbsent(photo);
  });
}

/**
 * @param {OutboxRow} row
 * @param {VisitSummary | undefined} visit
 */
async function settle(row, visit) {
  if (!visit) return;
  if (visit.attempt > row.attempt || (visit.attempt === row.attempt && visit.complete)) {
    const completed_at = new Date().toISOString();
    await change(row, (now) => moved(now, "complete", { completed_at }));
  } else if (row.state === "received" && allHere(row)) await settlePhotos(row).catch(passOver);
}

/**
 * A visit the server breaks down on when asked about keeps no other from being settled; it is asked about again.
 * @param {unknown} error
 */
function passOver(error) {
  if (!(error instanceof Refused && isOfOne(error.problem))) throw error;
}

/**
 * All photos were sent, but not every one is clean: some got lost, some cannot be opened, or it takes a while.
 * @param {OutboxRow} row
 */
async function settlePhotos(row) {
  const { missing, refused } = await visitAtServer(row.visit);
  if (missing.length) {
    if (await sendAgain(missing)) passes.onceMore();
  } else if (refused.length) {
    const completed_at = new Date().toISOString();
    await change(row, (now) => moved(now, "unusable", { refused, completed_at }));
  }
}
