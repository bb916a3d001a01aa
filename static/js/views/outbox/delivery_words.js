/** @import {OutboxRow, Problem} from "../../types.js" */
/** @import {Travel} from "../../sync/travel.js" */
import { afterRefusal } from "../../model/after_refusal.js";
import { newerRubric } from "../../model/newer_rubric.js";
import { isUnsent } from "../../model/outbox_moves.js";
import { clock } from "../../model/when.js";
import { assignments } from "../../sync/assignments.js";
import { online, portal } from "../../sync/link.js";
import { nextTry } from "../../sync/outbox.js";
import { say } from "../../wording/say.js";
import { localVisits } from "../drafts/drafts.js";

/**
 * How a frozen visit is doing, in sentences that are true: where it is, what holds it up, what happens next.
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
export function deliveryWords(row, travel) {
  return [where(row, travel), next(row, travel), rubric(row)].filter(Boolean);
}

/**
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function where(row, travel) {
  if (!isUnsent(row)) return row.state === "unusable" ? say("outbox.unusable_help") : "";
  if (row.state === "stopped") return row.problem?.detail || say("outbox.no_reason");
  if (row.state === "sign_in") return say("outbox.sign_in_help");
  return onItsWay(row, travel);
}

/**
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function onItsWay(row, travel) {
  if (travel.refused.length) return photoWords(travel.refused[0] ?? "");
  if (portal.value) return say("outbox.portal");
  if (!online.value) return say(row.receipt ? "outbox.offline_photos" : "outbox.offline");
  return row.receipt ? photosLeft(travel) : formLeft(row);
}

/** @param {OutboxRow} row */
function formLeft(row) {
  if (row.problem) return say("outbox.again", { x: reason(row.problem) });
  return say(row.state === "sending" ? "outbox.sending_form" : "outbox.waiting_form");
}

/**
 * The server's sentence, to be put inside another.
 * @param {Problem} problem
 */
function reason({ detail, status }) {
  return detail.replace(/[。.]$/, "") || status;
}

/** @param {Travel} travel */
function photosLeft({ here, absent, of }) {
  if (absent) return say("outbox.absent", { n: absent });
  return here === of ? say("outbox.checking") : say("outbox.sending_photo", { n: here + 1, m: of });
}

/** @param {string} problem what the server said, or the name of what happened */
function photoWords(problem) {
  if (problem === "damaged") return say("outbox.photo_damaged");
  return problem || say("outbox.photo_refused");
}

/**
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function next(row, travel) {
  if (row.state === "stopped") return say(`outbox.after_${afterRefusal(row.problem)}`);
  const due = nextTry.value - Date.now() > 1000 && isUnsent(row) && !travel.stuck;
  return due && online.value ? say("outbox.next_try", { t: clock(nextTry.value) }) : "";
}

/**
 * A visit that comes late, after a newer scorecard: it is taken and scored by its own.
 * @param {OutboxRow} row
 */
function rubric(row) {
  const visit = localVisits.value.find((one) => one.id === row.visit);
  const listed = assignments.value?.data.assignments ?? [];
  const found = visit && newerRubric(listed, visit.rubric);
  return found ? say("outbox.late_rubric", { n: found.answered, m: found.newest }) : "";
}
