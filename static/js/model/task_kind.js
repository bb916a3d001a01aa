/** @import {Assignment, VisitRow} from "../types.js" */

/** What an assignment asks of its inspector just now, the most urgent first. */
export const KINDS = /** @type {const} */ (["doing", "returned", "todo", "gone"]);

/** @typedef {typeof KINDS[number] | "off"} TaskKind */

/**
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit what this phone holds of it
 * @returns {TaskKind}
 */
export function taskKind(assignment, visit) {
  if (visit?.state === "draft") return "doing";
  if (isReturned(assignment) && !isAnswered(assignment, visit)) return "returned";
  return visit ? "gone" : unbegun(assignment);
}

/** @param {Assignment} assignment @returns {TaskKind} */
function unbegun({ lines, state }) {
  if (lines && state === "cancelled") return "off";
  return state === "open" ? "todo" : "gone";
}

/** @param {Assignment} assignment */
function isReturned({ state, returned }) {
  return state === "returned" && returned !== null;
}

/**
 * Whether this phone already froze the attempt that answers the return.
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 */
function isAnswered({ returned }, visit) {
  return Boolean(visit && returned && visit.attempt > returned.attempt);
}
