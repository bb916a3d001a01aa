/** @import {CopyRow, VisitRow} from "../types.js" */
import { wait } from "../model/backoff.js";
import { bytesOf } from "../model/bytes.js";
import { isOfOne, verdictOn } from "../model/verdict.js";
import { documentOf, forgetOthers } from "../store/draft_copies.js";
import { visitsOf } from "../store/visits.js";
import { Refused, ask, askedToWait } from "./api.js";
import { putCopy } from "./copy_request.js";
import { copies, here, noteCopy, recallCopies } from "./copy_states.js";
import { sha256 } from "./hashing.js";
import { account, isStill, standing } from "./session.js";
import { alone } from "./windows.js";

/** A pause in the writing of this long sends a copy; who never pauses gets one a minute. */
const PAUSE = 5000;
const PAUSE_SPREAD = 5000;
const LONGEST = 60_000;

/** An unchanged draft is told again before the server's copy is a day old. */
const STALE = 20 * 3_600_000;
const HOUR = 3_600_000;

/** A copy is worth less haste than a submission: its waits are longer. */
const SLOWER = 10;

let failures = 0;
let notBefore = 0;
let dirtySince = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Documents the server will not keep as they are; asked about again once they change. @type {Set<string>} */
const turnedDown = new Set();

/** Something was entered: a copy follows once the fingers rest. */
export function copySoon() {
  const now = Date.now();
  dirtySince ||= now;
  const rest = PAUSE + Math.random() * PAUSE_SPREAD;
  later(Math.max(notBefore - now, Math.min(rest, dirtySince + LONGEST - now), 0));
}

/** @param {number} pause */
function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => void sendCopies({ by: "timer" }), pause);
  /** @type {{unref?: () => void}} */ (/** @type {unknown} */ (timer)).unref?.();
}

/** Sends a copy whenever the app leaves the screen, and every hour it is open. */
export function watchCopies() {
  const leaving = () => void sendCopies({ last: true });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leaving();
  });
  addEventListener("pagehide", leaving);
  setInterval(() => void sendCopies(), HOUR);
}

/**
 * Brings the server's copy of every draft up to date. What did not change is not sent; what cannot be sent waits,
 * and keeps nothing else waiting.
 * @param {{by?: "event" | "timer", last?: boolean}} [trigger] `last`: the page may be gone before the answer
 */
export async function sendCopies(trigger = {}) {
  if (trigger.by !== "timer") failures = 0;
  const person = account.peek();
  if (!person) return beginAnew();
  if (mustWait()) return;
  clearTimeout(timer);
  dirtySince = 0;
  try {
    await alone("mingcha-copies", () => sendAll(person.id, trigger.last === true));
    failures = 0;
  } catch (error) {
    halt(error instanceof Refused ? error : null);
  }
}

function mustWait() {
  return standing.peek() === "out" || Date.now() < notBefore;
}

/** The next person has nothing to do with what the server said to the last. */
function beginAnew() {
  notBefore = 0;
  turnedDown.clear();
}

/**
 * @param {string} id
 * @param {boolean} last
 */
async function sendAll(id, last) {
  await recallCopies(id);
  const put_off = await sendDrafts(id, last);
  for (const row of copies.peek().values())
    if (isStill(id) && isToBeDiscarded(row)) await discard(row);
  await forgetOthers(id, Date.now());
  if (put_off) throw put_off;
}

/**
 * @param {string} id
 * @param {boolean} last
 */
async function sendDrafts(id, last) {
  /** @type {Refused | null} */
  let put_off = null;
  for (const visit of await visitsOf(id))
    if (isStill(id) && visit.state === "draft" && isWanted(visit))
      put_off = (await sendOne(visit, last)) ?? put_off;
  return put_off;
}

/** @param {VisitRow} visit */
function isWanted(visit) {
  // A look is short and its photos travel at once: the server keeps no copy of it.
  if (visit.lines) return false;
  const known = copies.peek().get(visit.id);
  return known?.ended !== "submitted" || visit.attempt > known.attempt;
}

/** @param {CopyRow} row */
function isToBeDiscarded(row) {
  return row.ended === "discarded" && row.sent_at !== "";
}

/** @param {Refused | null} refused null: no answer, or the storage refused; both are said elsewhere */
function halt(refused) {
  if (refused?.problem.status === 401) return void (standing.value = "out");
  const asked = refused ? askedToWait(refused) : 0;
  if (asked) notBefore = Date.now() + asked;
  later(Math.max(asked, SLOWER * wait(failures, Math.random())));
  failures += 1;
}

/**
 * @param {VisitRow} visit
 * @param {boolean} last
 * @returns {Promise<Refused | null>} why it waits for the next pass, where the others need not
 */
async function sendOne(visit, last) {
  const document = await documentOf(visit.account, visit.id);
  if (!document) return null;
  const said = JSON.stringify(document);
  const hash = await sha256(bytesOf(said));
  if (isCurrent(copies.peek().get(visit.id), hash) || turnedDown.has(hash)) return null;
  try {
    await putCopy(document, said, hash, last);
    return null;
  } catch (error) {
    if (!(error instanceof Refused && isOfOne(error.problem))) throw error;
    if (verdictOn(error.problem) === "again") return error;
    await noteRefusal(visit, hash, error);
    return null;
  }
}

/**
 * @param {CopyRow | undefined} row
 * @param {string} hash
 */
function isCurrent(row, hash) {
  return row?.document_hash === hash && Date.now() - Date.parse(row.sent_at) < STALE;
}

/**
 * @param {VisitRow} visit
 * @param {string} hash
 * @param {Refused} refused
 */
async function noteRefusal(visit, hash, refused) {
  if (refused.problem.code !== "draft.submitted") return void turnedDown.add(hash);
  await noteCopy(visit, (row) => ({ ...row, ended: "submitted", attempt: visit.attempt }));
}

/**
 * Takes back the server's copy of a draft that was thrown away here, now or once there is a network.
 * @param {string} account_
 * @param {string} visit
 */
export async function discardCopy(account_, visit) {
  await noteCopy({ account: account_, id: visit }, (row) => ({ ...row, ended: "discarded" }));
  void sendCopies();
}

/** @param {CopyRow} row */
async function discard(row) {
  try {
    await ask("DELETE", `/api/drafts/${row.visit}/${here.peek()}`);
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 404)) throw error;
  }
  await noteCopy({ account: row.account, id: row.visit }, (now) => ({ ...now, sent_at: "" }));
}
