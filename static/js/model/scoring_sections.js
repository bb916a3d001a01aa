/** @import {ItemScore, Rubric, Section, SectionScore} from "../types.js" */
/** @import {Exact} from "./exact.js" */
/** @import {ItemResult} from "./scoring_items.js" */
import { ZERO, least, minus, rounded, scaled, sum, whole } from "./exact.js";

/** One section reckoned exactly. `base` is the marks its findings count against; `earned` is null when nothing
 * in it was applicable.
 * @typedef {{section: Section, base: number, found: Exact, earned: Exact | null}} SectionResult
 */

/** @type {ReadonlySet<ItemScore["status"]>} */
const OUT_OF_THE_SUM = new Set(["switched_off", "na", "not_observed", "info"]);

/**
 * @param {Rubric} rubric
 * @param {Section} section
 * @param {readonly ItemResult[]} results
 * @returns {SectionResult}
 */
export function reckonSection(rubric, section, results) {
  const counted = results.filter((result) => !OUT_OF_THE_SUM.has(result.status));
  const marks = counted.reduce((all, result) => all + result.item.full, 0);
  // An over-allocated section has more marks on its items than it can lose.
  const base = Math.min(marks, section.full);
  if (base === 0) return { section, base, found: ZERO, earned: null };
  const found = least(sum(results.map((result) => result.lost)), whole(base));
  const zeroed = results.some(
    (result) => result.critical && result.item.critical.effect === "section_zero",
  );
  return {
    section,
    base,
    found,
    earned: zeroed ? ZERO : earned(rubric, section.full, base, found),
  };
}

/**
 * @param {Rubric} rubric
 * @param {number} full
 * @param {number} base
 * @param {Exact} found
 */
function earned(rubric, full, base, found) {
  const left = minus(whole(base), found);
  if (base === full) return left;
  if (rubric.na_method === "scale_section") return scaled(left, full, base);
  return rubric.na_method === "full_credit" ? minus(whole(full), found) : left;
}

/**
 * The section as printed: each number rounded on its own.
 * @param {Rubric} rubric
 * @param {SectionResult} result
 * @returns {SectionScore}
 */
export function published(rubric, result) {
  const out = rubric.na_method === "whole_card" ? result.base : result.section.full;
  const kept = result.earned && rounded(result.earned, rubric.rounding);
  return {
    section: result.section.code,
    full: result.section.full,
    applicable: result.base,
    found: rounded(result.found, rubric.rounding),
    lost: kept === null ? null : out - kept,
    earned: kept,
  };
}
