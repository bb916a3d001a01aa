/** @import {SlotRow, VisitRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { signal } from "../../../vendor/signals-core.js";
import { openDraft } from "../../store/open_draft.js";
import { rubricFor } from "../../store/rubric_for.js";
import { visitHere } from "../../store/visits.js";
import { needRubric } from "../../sync/assignments.js";

/** @typedef {{visit: string, state: "loading" | "missing" | "open" | "failed", draft: OpenDraft | null}} Desk */

/** The visit lying open: loaded once, shared by the form, the check and the result. */
export const desk = signal(/** @type {Desk} */ ({ visit: "", state: "missing", draft: null }));

/**
 * Takes a visit up, unless it lies open already.
 * @param {string} account
 * @param {string} visit
 */
export async function takeUp(account, visit) {
  const current = desk.peek();
  if (
    current.visit === visit &&
    current.state === "open" &&
    current.draft?.visit.peek().account === account
  )
    return;
  await load(account, visit);
}

/**
 * Reads a visit again after something outside the form changed it.
 * @param {string} account
 * @param {string} visit
 */
export async function load(account, visit) {
  desk.value = { visit, state: "loading", draft: null };
  try {
    const stored = await visitHere(account, visit);
    const rubric = stored && (await rulesOf(stored.visit));
    if (desk.peek().visit !== visit) return;
    if (stored && rubric) desk.value = { visit, state: "open", draft: openDraft(stored, rubric) };
    else desk.value = { visit, state: "missing", draft: null };
  } catch {
    desk.value = { visit, state: "failed", draft: null };
  }
}

/**
 * The rubric a visit fills in. A tap may come before the list of tasks has brought it.
 * @param {VisitRow} visit
 */
async function rulesOf(visit) {
  const here = await rubricFor(visit);
  if (here) return here;
  await needRubric(visit.rubric).catch(() => undefined);
  return rubricFor(visit);
}

/**
 * Photos that were kept for a visit put away and taken up again meanwhile belong to the draft that lies open now.
 * @param {readonly SlotRow[]} kept
 */
export function layDown(kept) {
  const { draft } = desk.peek();
  for (const slot of kept) {
    if (draft?.visit.peek().id !== slot.visit) continue;
    const same = (/** @type {SlotRow} */ one) =>
      one.item === slot.item && one.sha256 === slot.sha256;
    if (!draft.slots.peek().some(same)) draft.added(slot);
  }
}

/** Puts whatever lies open away. */
export function clearDesk() {
  desk.value = { visit: "", state: "missing", draft: null };
}
