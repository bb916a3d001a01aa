/** @import {AssignmentsOut, CachedRow, VisitSummary} from "../types.js" */
import { within } from "./database.js";

/** What the server last said to one account, kept so that it can be read without a network. */

/**
 * @param {string} account
 * @returns {Promise<CachedRow<AssignmentsOut> | undefined>}
 */
export function assignmentsOf(account) {
  return within(["assignments"], "readonly", (tx) => tx.objectStore("assignments").get(account));
}

/** @param {CachedRow<AssignmentsOut>} row */
export async function keepAssignments(row) {
  await within(["assignments"], "readwrite", (tx) => tx.objectStore("assignments").put(row));
}

/**
 * @param {string} account
 * @returns {Promise<CachedRow<VisitSummary[]> | undefined>}
 */
export function historyOf(account) {
  return within(["history"], "readonly", (tx) => tx.objectStore("history").get(account));
}

/** @param {CachedRow<VisitSummary[]>} row */
export async function keepHistory(row) {
  await within(["history"], "readwrite", (tx) => tx.objectStore("history").put(row));
}
