/** @import {Answer, AnswerRow, Item, Option, PhotoIn, Rule, SlotRow, Verdict} from "../types.js" */

/** Characters of a note, a record or a reason. */
export const LONGEST_NOTE = 500;

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
  const begun = verdict === "loss" ? begin(row, item.rule) : {};
  return { ...row, ...begun, verdict };
}

/**
 * Where there is nothing to choose, losing marks says it all.
 * @param {AnswerRow} row
 * @param {Rule} rule
 * @returns {Partial<AnswerRow>}
 */
function begin(row, rule) {
  if (rule.kind === "occ") return { count: row.count || Number(!row.veto) };
  if (rule.kind === "tier") return { option: row.option ?? only(rule.options)[0] ?? null };
  if (rule.kind === "sum") return { ticks: row.ticks.length ? row.ticks : only(rule.ticks) };
  return {};
}

/** @param {readonly Option[]} options */
function only(options) {
  return options.length === 1 ? options.map((option) => option.code) : [];
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
  const said = { item: item.code, verdict: row.verdict, ...finding(row, item.rule) };
  return { ...said, ...words(row, slots), ...photos(slots), ...corrected(row), ...seen(row) };
}

/**
 * @param {AnswerRow} row
 * @param {readonly SlotRow[]} slots
 * @returns {Partial<Answer>}
 */
function words(row, slots) {
  const note = row.note.trim();
  const reason = needsReason(row, slots) ? row.reason.trim() : "";
  return { ...(note && { note }), ...(reason && { reason }) };
}

/**
 * @param {readonly SlotRow[]} slots
 * @returns {Partial<Answer>}
 */
function photos(slots) {
  return slots.length ? { photos: inOrder(slots).map((slot) => slot.sha256) } : {};
}

/**
 * @param {AnswerRow} row
 * @returns {Partial<Answer>}
 */
function corrected(row) {
  return row.verdict === "loss" && row.corrected_on_spot ? { corrected_on_spot: true } : {};
}

/**
 * @param {AnswerRow} row
 * @returns {Partial<Answer>}
 */
function seen({ observed_at }) {
  return observed_at ? { observed_at } : {};
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
  if (row.verdict === "loss") return slots.length === 0;
  return row.verdict !== "pass";
}

/**
 * What each kind of rule makes a loss say.
 * @type {Record<Rule["kind"], (row: AnswerRow) => Partial<Answer>>}
 */
const LOSS = {
  tier: (row) => (row.option ? { option: row.option } : {}),
  occ: (row) => ({ count: row.count, ...(row.veto && { veto: true }) }),
  sum: (row) => (row.ticks.length ? { ticks: row.ticks } : {}),
  meas: () => ({}),
  info: () => ({}),
};

/**
 * @param {AnswerRow} row
 * @param {Rule} rule
 */
function finding(row, rule) {
  if (rule.kind === "meas") return measured(row);
  return row.verdict === "loss" ? LOSS[rule.kind](row) : {};
}

/**
 * A measurement is written down even when it costs nothing.
 * @param {AnswerRow} row
 * @returns {Partial<Answer>}
 */
function measured(row) {
  const taken = row.verdict === "loss" || row.verdict === "pass";
  return taken && row.measured ? { measured: row.measured } : {};
}

/**
 * The row of an answer that comes back from the server.
 * @param {string} visit
 * @param {Answer} answer
 * @returns {AnswerRow}
 */
export function fromAnswer(visit, { photos: _photos, ...said }) {
  return { ...emptyRow(visit, said.item), ...said };
}

/**
 * The place of a photo that comes back from the server.
 * @param {string} visit
 * @param {PhotoIn} photo
 * @returns {SlotRow}
 */
export function fromPhoto(visit, { bytes, ...photo }) {
  return { format: 1, visit, ...photo, size: bytes };
}
