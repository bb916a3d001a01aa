/** @import {VisitRow} from "../../types.js" */
/** @import {DraftSummary} from "../../sync/draft_summary.js" */
import { signal } from "../../../vendor/signals-core.js";
import { visitsOf } from "../../store/visits.js";

/** Every visit of this account on this phone. */
export const localVisits = signal(/** @type {readonly VisitRow[]} */ ([]));

/** How far each draft is, by visit. */
export const drafts = signal(/** @type {ReadonlyMap<string, DraftSummary>} */ (new Map()));

/** @param {string} account */
export async function recallVisits(account) {
  const visits = await visitsOf(account);
  const open = visits.filter((visit) => visit.state === "draft");
  const summaries = open.length ? await summed(account, open) : [];
  localVisits.value = visits;
  drafts.value = new Map(summaries.flatMap((one) => (one ? [[one.visit.id, one]] : [])));
}

/**
 * Working out a score takes half of the model; a phone without drafts starts without it.
 * @param {string} account
 * @param {VisitRow[]} open
 */
async function summed(account, open) {
  const { draftSummary } = await import("../../sync/draft_summary.js");
  return Promise.all(open.map((visit) => draftSummary(account, visit)));
}
