/** @import {Scorecard, VisitRow} from "../types.js" */
/** @import {SectionProgress} from "../model/progress.js" */
import { answeredOf, progressOf } from "../model/progress.js";
import { openDraft } from "../store/open_draft.js";
import { rubricFor } from "../store/rubric_for.js";
import { visitHere } from "../store/visits.js";

/** @typedef {{visit: VisitRow, parts: SectionProgress[], card: Scorecard, answered: number, of: number, photos: number}} DraftSummary */

/**
 * How far a draft is; null when it or its scorecard is not on this phone.
 * @param {string} account
 * @param {VisitRow} visit
 * @returns {Promise<DraftSummary | null>}
 */
export async function draftSummary(account, visit) {
  const [stored, rubric] = await Promise.all([visitHere(account, visit.id), rubricFor(visit)]);
  if (!stored || !rubric) return null;
  const card = openDraft(stored, rubric).card.peek();
  const parts = rubric.sections.map((section) => progressOf(section, card));
  return { visit, parts, card, ...answeredOf(card), photos: stored.slots.length };
}
