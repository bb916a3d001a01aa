/** @import {Answer, AnswerRow, Item, SlotRow, Verdict} from "../types.js" */

/**
 * An answer row with nothing said yet.
 * @param {string} visit
 * @param {string} item
 * @returns {AnswerRow}
 */
export function emptyRow(visit, item) {
  return {
    format: 1,
    visit,
    item,
    verdict: null,
    option: null,
    count: 0,
    ticks: [],
    measured: "",
    veto: false,
    note: "",
    reason: "",
    corrected_on_spot: false,
    changed_at: "",
  };
}

/**
 * The row after a verdict was tapped. What was entered under another verdict stays in the row, so that
 * a slip of the thumb costs nothing; only `toAnswer` decides what is said.
 * @param {AnswerRow} row
 * @param {Verdict} verdict
 * @param {Item} item
 * @returns {AnswerRow}
 */
export function judged(row, verdict, item) {
  const next = { ...row, verdict };
  if (verdict !== "loss") return next;
  const { rule } = item;
  if (rule.kind === "tier" && !next.option && rule.options.length === 1)
    next.option = rule.options[0]?.code ?? null;
  if (rule.kind === "occ" && next.count === 0 && !next.veto) next.count = 1;
  if (rule.kind === "sum" && next.ticks.length === 0 && rule.ticks.length === 1)
    next.ticks = rule.ticks.map((tick) => tick.code);
  return next;
}

/**
 * What the row says on the wire: only the fields its verdict and rule speak with.
 * @param {AnswerRow} row
 * @param {Item} item
 * @param {readonly SlotRow[]} slots
 * @returns {Answer | null} null while the item has no verdict
 */
export function toAnswer(row, item, slots) {
  if (!row.verdict) return null;
  /** @type {Answer} */
  const answer = { item: item.code, verdict: row.verdict };
  Object.assign(answer, finding(row, item));
  if (row.note.trim()) answer.note = row.note.trim();
  if (needsReason(row, slots) && row.reason.trim()) answer.reason = row.reason.trim();
  if (slots.length) answer.photos = inOrder(slots).map((slot) => slot.sha256);
  if (row.verdict === "loss" && row.corrected_on_spot) answer.corrected_on_spot = true;
  return answer;
}

/** @param {readonly SlotRow[]} slots */
export function inOrder(slots) {
  return [...slots].sort((a, b) => a.position - b.position);
}

/**
 * @param {AnswerRow} row
 * @param {readonly SlotRow[]} slots
 */
function needsReason(row, slots) {
  return (
    row.verdict === "na" ||
    row.verdict === "not_observed" ||
    (row.verdict === "loss" && slots.length === 0)
  );
}

/**
 * @param {AnswerRow} row
 * @param {Item} item
 * @returns {Partial<Answer>}
 */
function finding(row, item) {
  const { rule } = item;
  if (rule.kind === "meas" && (row.verdict === "loss" || row.verdict === "pass"))
    return row.measured ? { measured: row.measured } : {};
  if (row.verdict !== "loss") return {};
  if (rule.kind === "tier") return row.option ? { option: row.option } : {};
  if (rule.kind === "sum") return row.ticks.length ? { ticks: row.ticks } : {};
  if (rule.kind === "occ")
    return row.veto ? { count: row.count, veto: true } : { count: row.count };
  return {};
}
