/** @import {AnswerRow, PastRow} from "../types.js" */

/** How far back an answer can be taken. */
const MOST = 12;
/** Typing that goes on without a longer pause is one change. */
const PAUSE = 5000;

/** Fields that are typed. */
const TYPED = /** @type {const} */ (["note", "reason", "measured"]);

/** What is said, apart from whose it is and when. @type {readonly (keyof PastRow["said"])[]} */
const SAID = [
  "verdict",
  "option",
  "count",
  "ticks",
  "measured",
  "veto",
  "note",
  "reason",
  "corrected_on_spot",
  "observed_at",
];

/**
 * @param {AnswerRow} row
 * @returns {PastRow["said"]}
 */
function saidIn(row) {
  // A row of an older app does not say when it was seen.
  const whole = { ...row, observed_at: row.observed_at ?? "" };
  const said = Object.fromEntries(SAID.map((field) => [field, whole[field]]));
  return /** @type {PastRow["said"]} */ (/** @type {unknown} */ (said));
}

/**
 * The row after a change, with what it said before kept in its past.
 * @param {AnswerRow} earlier
 * @param {AnswerRow} after
 * @param {number} now
 * @returns {AnswerRow}
 */
export function remembering(earlier, after, now) {
  const past = earlier.past ?? [];
  const by = typedField(earlier, after);
  const last = past[past.length - 1];
  const goesOn = by !== "" && last?.by === by && now - Date.parse(earlier.changed_at) < PAUSE;
  if (goesOn || isSame(earlier, after)) return { ...after, past };
  const step = { at: earlier.changed_at, by, said: saidIn(earlier) };
  return { ...after, past: [...past, step].slice(-MOST) };
}

/**
 * The row as it was before its last change; undefined where there was none.
 * @param {AnswerRow} row
 * @returns {AnswerRow | undefined}
 */
export function before(row) {
  const past = row.past ?? [];
  const last = past[past.length - 1];
  return last && { ...row, ...last.said, past: past.slice(0, -1) };
}

/**
 * Which field was typed in; "" for everything that is tapped.
 * @param {AnswerRow} from
 * @param {AnswerRow} to
 */
export function typedField(from, to) {
  const changed = TYPED.filter((field) => from[field] !== to[field]);
  const [only] = changed;
  if (!only || changed.length > 1) return "";
  // A measurement judges itself while it is typed.
  const rest = { ...to, [only]: from[only], ...(only === "measured" && { verdict: from.verdict }) };
  return isSame(from, rest) ? only : "";
}

/**
 * @param {AnswerRow} one
 * @param {AnswerRow} other
 */
function isSame(one, other) {
  return JSON.stringify(saidIn(one)) === JSON.stringify(saidIn(other));
}
