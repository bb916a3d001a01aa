/** @import {Scorecard, VisitRow} from "../types.js" */
/** @import {SectionProgress} from "../model/progress.js" */
import { signal } from "../../vendor/signals-core.js";
import { answeredOf, progressOf } from "../model/progress.js";
import { openDraft } from "../store/open_draft.js";
import { rubricOf } from "../store/rubrics.js";
import { visitHere, visitsOf } from "../store/visits.js";

/** @typedef {{visit: VisitRow, parts: SectionProgress[], card: Scorecard, answered: number, of: number, photos: number}} DraftSummary */

/** Every visit of this account on this phone. */
export const localVisits = signal(/** @type {readonly VisitRow[]} */ ([]));

/** How far each draft is, by visit. */
export const drafts = signal(/** @type {ReadonlyMap<string, DraftSummary>} */ (new Map()));

/** @param {string} account */
export async function recallVisits(account) {
  const visits = await visitsOf(account);
  const open = visits.filter((visit) => visit.state === "draft");
  const summaries = await Promise.all(open.map((visit) => summary(account, visit)));
  localVisits.value = visits;
  drafts.value = new Map(summaries.flatMap((one) => (one ? [[one.visit.id, one]] : [])));
}

/**
 * @param {string} account
 * @param {VisitRow} visit
 * @returns {Promise<DraftSummary | null>}
 */
async function summary(account, visit) {
  const [stored, rubric] = await Promise.all([
    visitHere(account, visit.id),
    rubricOf(visit.rubric),
  ]);
  if (!stored || !rubric) return null;
  const card = openDraft(stored, rubric).card.peek();
  const parts = rubric.sections.map((section) => progressOf(section, card));
  return { visit, parts, card, ...answeredOf(card), photos: stored.slots.length };
}
