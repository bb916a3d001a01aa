/** @import {AnswerRow, Blocker, Item, Rubric, SlotRow} from "../types.js" */
import { measuredValue } from "./measured.js";

/** What a draft is checked by before it may be submitted; the server checks the same again.
 * @typedef {{rubric: Rubric, features: readonly string[], visitKind: string, row: (item: string) => AnswerRow, slotsOf: (item: string) => readonly SlotRow[]}} Draft
 */

/** Visits the store knows of: a record cannot stand in for a photo there. Every other kind is covert. */
const ANNOUNCED = new Set(["self_check", "peer_check"]);

/** @param {string} visitKind */
export function mayRecordInstead(visitKind) {
  return !ANNOUNCED.has(visitKind);
}

/**
 * Whether the store's features leave an item on the card.
 * @param {Item} item
 * @param {readonly string[]} features
 */
export function isOn(item, features) {
  return !item.feature || features.includes(item.feature);
}

/**
 * Everything that keeps a draft from being submitted, in the order of the card.
 * @param {Draft} draft
 * @returns {Blocker[]}
 */
export function blockers(draft) {
  const found = draft.rubric.sections.flatMap((section) =>
    section.items
      .filter((item) => isOn(item, draft.features))
      .map((item) => ({ item: item.code, section: section.key, code: missing(item, draft) })),
  );
  const unplaced = draft.slotsOf("").map(() => ({ code: "unplaced", section: "", item: "" }));
  return /** @type {Blocker[]} */ ([...found.filter((one) => one.code !== null), ...unplaced]);
}

/**
 * The first thing one item still lacks.
 * @param {Item} item
 * @param {Pick<Draft, "row" | "slotsOf" | "visitKind">} draft
 * @returns {Blocker["code"] | null}
 */
export function missing(item, draft) {
  const row = draft.row(item.code);
  if (!row.verdict) return "unanswered";
  if (row.verdict === "na" || row.verdict === "not_observed")
    return row.reason.trim() ? null : "reason";
  return findingMissing(item, row) ?? evidenceMissing(item, row, draft);
}

/**
 * What a finding still needs before it can be scored.
 * @param {Item} item
 * @param {AnswerRow} row
 * @returns {Blocker["code"] | null}
 */
export function findingMissing(item, row) {
  const { rule } = item;
  if (rule.kind === "meas") return measuredValue(rule, row.measured) === null ? "measured" : null;
  if (row.verdict !== "loss") return null;
  if (rule.kind === "tier") return row.option ? null : "option";
  if (rule.kind === "sum") return row.ticks.length ? null : "ticks";
  return null;
}

/**
 * Losing marks needs evidence; what an info item asks for is the evidence itself.
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {Pick<Draft, "slotsOf" | "visitKind">} draft
 * @returns {Blocker["code"] | null}
 */
export function evidenceMissing(item, row, { slotsOf, visitKind }) {
  if (!needsEvidence(item, row) || item.evidence === "none") return null;
  const noted = row.note.trim() !== "";
  if (item.evidence !== "photo") return noted ? null : item.evidence;
  const recorded = noted && isExcused(row, visitKind);
  return recorded || slotsOf(item.code).length ? null : "photo";
}

/**
 * @param {AnswerRow} row
 * @param {string} visitKind
 */
function isExcused(row, visitKind) {
  return row.reason.trim() !== "" && mayRecordInstead(visitKind);
}

/**
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function needsEvidence(item, row) {
  return row.verdict === "loss" || (row.verdict === "pass" && item.rule.kind === "info");
}
