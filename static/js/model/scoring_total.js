/** @import {Rubric, Scorecard} from "../types.js" */
/** @import {Exact} from "./exact.js" */
/** @import {ItemResult} from "./scoring_items.js" */
/** @import {SectionResult} from "./scoring_sections.js" */
import { ZERO, exceeds, least, plus, rounded, scaled, sum, whole } from "./exact.js";

/** The published numbers of a card; all null when nothing on it was applicable.
 * @typedef {Pick<Scorecard, "raw" | "total" | "outcome" | "critical_items"> &
 *   {bonus: number, ordering: number | null, band: string | null}} Total
 */

/** @type {Total} */
const NOTHING = {
  raw: null,
  bonus: 0,
  total: null,
  ordering: null,
  outcome: "none",
  band: null,
  critical_items: [],
};

/**
 * Puts the sections together: bonus, cap at full marks, critical effects, one rounding, grade.
 * @param {Rubric} rubric
 * @param {readonly SectionResult[]} sections
 * @param {readonly ItemResult[]} items
 * @param {readonly string[]} claimed
 * @returns {Total}
 */
export function reckonTotal(rubric, sections, items, claimed) {
  const critical = items.filter((result) => result.critical);
  const raw = together(rubric, sections);
  if (raw === null) return NOTHING;
  const bonus = critical.length ? 0 : worth(rubric, claimed);
  const whole_ = plus(raw, whole(bonus));
  const total = rounded(kept(least(whole_, whole(rubric.full)), critical), rubric.rounding);
  const outcome = outcomeOf(rubric, total, critical);
  return {
    raw: rounded(raw, rubric.rounding),
    bonus,
    total,
    ordering: critical.length ? total : rounded(whole_, rubric.rounding),
    outcome,
    band: bandOf(rubric, total, outcome),
    critical_items: critical.map((result) => result.item.code),
  };
}

/**
 * @param {Rubric} rubric
 * @param {readonly SectionResult[]} sections
 * @returns {Exact | null}
 */
function together(rubric, sections) {
  const scored = sections.filter((result) => result.earned !== null);
  if (scored.length === 0) return null;
  const marks = scored.map((result) =>
    rubric.na_method === "whole_card" ? result.base : result.section.full,
  );
  const out = marks.reduce((all, full) => all + full, 0);
  const earned = sum(scored.map((result) => result.earned ?? ZERO));
  return out === rubric.full ? earned : scaled(earned, rubric.full, out);
}

/**
 * @param {Rubric} rubric
 * @param {readonly string[]} claimed
 */
function worth(rubric, claimed) {
  const points = claimed.map((code) => {
    const bonus = rubric.bonuses.find((one) => one.code === code);
    if (!bonus) throw new Error(`no bonus ${code}`);
    return bonus.points;
  });
  return Math.min(
    points.reduce((all, one) => all + one, 0),
    rubric.bonus_cap,
  );
}

/**
 * What critical effects leave of a total.
 * @param {Exact} total
 * @param {readonly ItemResult[]} critical
 */
function kept(total, critical) {
  return critical.reduce((left, { item }) => {
    if (item.critical.effect === "total_zero") return ZERO;
    const cap = whole(item.critical.cap);
    return item.critical.effect === "cap" && exceeds(left, cap) ? cap : left;
  }, total);
}

/**
 * @param {Rubric} rubric
 * @param {number} total
 * @param {readonly ItemResult[]} critical
 * @returns {Scorecard["outcome"]}
 */
function outcomeOf(rubric, total, critical) {
  if (critical.some((result) => result.item.critical.effect === "veto")) return "vetoed";
  if (rubric.pass_line === null) return "none";
  return total >= rubric.pass_line ? "pass" : "fail";
}

/**
 * The grade of a rounded score; a vetoed card has the lowest.
 * @param {Rubric} rubric
 * @param {number} total
 * @param {Scorecard["outcome"]} outcome
 */
function bandOf(rubric, total, outcome) {
  const rising = [...rubric.bands].sort((a, b) => a.floor - b.floor);
  const reached =
    outcome === "vetoed" ? rising[0] : rising.filter((band) => total >= band.floor).pop();
  return reached?.code ?? null;
}
