/** @import {Answer, ItemScore, Rubric, SectionScore} from "../types.js" */
/** @import {ItemResult} from "./scoring_items.js" */
/** @import {SectionResult} from "./scoring_sections.js" */

/** With one of these flags a card is shown but takes no place. */
export const UNRANKED = new Set(["nothing_scored", "unanswered", "too_little_applicable"]);

/**
 * What a reviewer must know besides the numbers. Shares are of the card's full marks.
 * @param {Rubric} rubric
 * @param {readonly Answer[]} answers
 * @param {readonly ItemResult[]} items
 * @param {readonly SectionResult[]} sections
 * @returns {string[]}
 */
export function flagsOf(rubric, answers, items, sections) {
  const applicable = sections.reduce((all, result) => all + result.base, 0);
  const missing = rubric.full - applicable;
  const answered = new Set(answers.map((answer) => answer.item));
  const off = items.filter((result) => result.status === "switched_off");
  /** @type {[string, boolean][]} */
  const flags = [
    ["nothing_scored", applicable === 0],
    ["manual_na_review", over(marks(items, "na"), rubric.manual_na_review_share, rubric)],
    ["too_little_applicable", over(missing, 100 - rubric.min_applicable_share, rubric)],
    ["second_visit", over(marks(items, "not_observed"), rubric.not_observed_share, rubric)],
    ["unanswered", items.some((result) => result.status === "unanswered")],
    ["switched_off_answered", off.some((result) => answered.has(result.item.code))],
  ];
  return flags.filter(([, raised]) => raised).map(([flag]) => flag);
}

/**
 * Whether the printed sections of a whole card do not add up to its printed score.
 * @param {Rubric} rubric
 * @param {readonly SectionScore[]} sections
 * @param {number | null} raw
 */
export function sectionsDiffer(rubric, sections, raw) {
  const dropped = sections.some((section) => section.earned === null);
  if (raw === null || dropped || rubric.na_method === "whole_card") return false;
  return sections.reduce((all, section) => all + (section.earned ?? 0), 0) !== raw;
}

/**
 * @param {number} part
 * @param {number} share
 * @param {Rubric} rubric
 */
function over(part, share, rubric) {
  return part * 100 > share * rubric.full;
}

/**
 * @param {readonly ItemResult[]} items
 * @param {ItemScore["status"]} status
 */
function marks(items, status) {
  return items
    .filter((result) => result.status === status)
    .reduce((all, result) => all + result.item.full, 0);
}
