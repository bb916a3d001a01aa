/** @import {AssignmentsOut, CachedRow, VisitSummary} from "../types.js" */
import { within } from "./database.js";
import { closed, openIfAny } from "./sealing.js";

/** What the server last said to one account, kept so that it can be read without a network. */

/**
 * @param {string} account
 * @returns {Promise<CachedRow<AssignmentsOut> | undefined>}
 */
export async function assignmentsOf(account) {
  const kept = await within(["assignments"], "readonly", (tx) =>
    tx.objectStore("assignments").get(account),
  );
  return openIfAny("assignments", kept);
}

/** @param {CachedRow<AssignmentsOut>} row */
export async function keepAssignments(row) {
  const kept = await closed("assignments", row.account, row);
  await within(["assignments"], "readwrite", (tx) => tx.objectStore("assignments").put(kept));
}

/**
 * @param {string} account
 * @returns {Promise<CachedRow<VisitSummary[]> | undefined>}
 */
export async function historyOf(account) {
  const kept = await within(["history"], "readonly", (tx) =>
    tx.objectStore("history").get(account),
  );
  return openIfAny("history", kept);
}

/** @param {CachedRow<VisitSummary[]>} row */
export async function keepHistory(row) {
  const kept = await closed("history", row.account, row);
  await within(["history"], "readwrite", (tx) => tx.objectStore("history").put(kept));
}
