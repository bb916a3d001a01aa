/** @import {SendingReceipt, SendingRow, SendingState} from "../types.js" */

/**
 * Allowed moves of something store staff sent. Nothing leaves `received`; `stopped` waits for a person and is never
 * given up by age or count.
 * @type {Record<SendingState, readonly SendingState[]>}
 */
export const MOVES = {
  waiting: ["sending", "sign_in", "received", "stopped"],
  sending: ["waiting", "sign_in", "received", "stopped"],
  sign_in: ["waiting", "sending", "received", "stopped"],
  stopped: ["waiting", "sending", "received"],
  received: [],
};

/**
 * @param {SendingRow} row
 * @param {SendingState} state
 * @param {Partial<Pick<SendingRow, "tries" | "problem" | "receipt">>} [facts]
 * @returns {SendingRow} the row itself where the move is not allowed
 */
export function movedOn(row, state, facts = {}) {
  if (row.state !== state && !MOVES[row.state].includes(state)) return row;
  return { ...row, ...facts, state, shown: false };
}

/**
 * A receipt counts only if it names this sending and the hash of what we froze.
 * @param {SendingRow} row
 * @param {unknown} reply
 * @returns {reply is SendingReceipt}
 */
export function isReceiptOf(row, reply) {
  if (typeof reply !== "object" || reply === null) return false;
  const receipt = /** @type {Partial<SendingReceipt>} */ (reply);
  return receipt.id === row.id && receipt.content_hash === row.content_hash;
}

/** @param {Pick<SendingRow, "state">} row */
export function isOnItsWay(row) {
  return row.state !== "received";
}

/**
 * Whether the server's answer changed what this phone shows, and that was not fetched since.
 * @param {Pick<SendingRow, "state" | "shown">} row
 */
export function isUnshown({ state, shown }) {
  // What an older version of the app sent says nothing of it.
  return (state === "received" || state === "stopped") && shown === false;
}
