/** @import {OutboxRow, OutboxState, Receipt} from "../types.js" */

/**
 * Allowed moves of a frozen visit on its way to the server. Nothing leaves `complete`; `unusable` has arrived
 * with photos nobody can open, and is asked about no more; `stopped` waits for a person and is never given up
 * by age or count.
 * @type {Record<OutboxState, readonly OutboxState[]>}
 */
export const MOVES = {
  waiting: ["sending", "sign_in", "received", "complete", "stopped"],
  sending: ["waiting", "sign_in", "received", "complete", "stopped"],
  sign_in: ["waiting", "sending", "received", "complete", "stopped"],
  stopped: ["waiting", "sending", "received", "complete"],
  received: ["complete", "unusable"],
  unusable: ["complete"],
  complete: [],
};

/**
 * @param {OutboxRow} row
 * @param {OutboxState} state
 * @param {Partial<Pick<OutboxRow, "tries" | "problem" | "receipt" | "completed_at" | "refused">>} [facts]
 * @returns {OutboxRow} the row itself where the move is not allowed
 */
export function moved(row, state, facts = {}) {
  if (row.state !== state && !MOVES[row.state].includes(state)) return row;
  return { ...row, ...facts, state };
}

/**
 * A receipt counts only if it names this visit, this attempt and the hash of what we froze; a hotel's
 * sign-in page answering 200 does not.
 * @param {OutboxRow} row
 * @param {unknown} reply
 * @returns {reply is Receipt}
 */
export function isOurs(row, reply) {
  if (typeof reply !== "object" || reply === null) return false;
  const receipt = /** @type {Partial<Receipt>} */ (reply);
  return (
    receipt.visit === row.visit &&
    receipt.attempt === row.attempt &&
    receipt.content_hash === row.content_hash
  );
}

/**
 * Whether a row still has something only this phone holds.
 * @param {Pick<OutboxRow, "state">} row
 */
export function isUnsent(row) {
  return row.state !== "complete" && row.state !== "unusable";
}
