/** @import {Problem} from "../types.js" */

/**
 * What becomes of a frozen visit the server did not take, and what its inspector does next.
 * @typedef {"both_kept" | "parked" | "mend" | "look_again" | "new_rubric" | "update" | "only_here" | "ask"} AfterRefusal
 */

/** @type {Record<string, AfterRefusal>} */
const AFTER = {
  "visit.conflict": "both_kept",
  "visit.assignment_taken": "both_kept",
  "visit.assignment_cancelled": "parked",
  "visit.round_locked": "parked",
  "visit.rubric_withdrawn": "parked",
  "visit.assignment_refused": "parked",
  "visit.attempt_refused": "look_again",
  "visit.rubric_mismatch": "new_rubric",
  "visit.answers_refused": "mend",
  "visit.unreadable": "update",
  "request.too_large": "only_here",
  "parked.too_many": "only_here",
};

/**
 * @param {Problem | null} problem
 * @returns {AfterRefusal}
 */
export function afterRefusal(problem) {
  return AFTER[problem?.code ?? ""] ?? "ask";
}
