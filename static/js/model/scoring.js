/** @import {Answer, ItemScore, Rubric, Scorecard} from "../types.js" */
/** @import {EarlierFindings, ItemResult} from "./scoring_items.js" */
/** @import {Total} from "./scoring_total.js" */
import { rounded } from "./exact.js";
import { UNRANKED, flagsOf, sectionsDiffer } from "./scoring_flags.js";
import { reckonItem } from "./scoring_items.js";
import { published, reckonSection } from "./scoring_sections.js";
import { reckonTotal } from "./scoring_total.js";

/** All the numbers of the server's scorecard; its digests and steps are the server's alone.
 * @typedef {Scorecard & Total & {rankable: boolean, major_losses: number, flags: string[]}} Preview
 */

/**
 * The running score on the phone: a preview only, the server judges. It follows `domain/scoring/scoring.py` step by step;
 * both read the cases of `tests/golden/scoring_cases.json`. Items not answered yet lose nothing.
 * @param {Rubric} rubric
 * @param {{readonly items: readonly Answer[], readonly bonuses?: readonly string[]}} answers
 * @param {readonly string[]} features
 * @param {EarlierFindings} [earlier]
 * @returns {Preview}
 */
export function score(rubric, answers, features, earlier = { round: "", items: [] }) {
  const given = new Map(answers.items.map((answer) => [answer.item, answer]));
  const groups = rubric.sections.map((section) =>
    section.items.map((item) => reckonItem(rubric, item, given.get(item.code), features, earlier)),
  );
  const items = groups.flat();
  const sections = rubric.sections.map((section, index) =>
    reckonSection(rubric, section, groups[index] ?? []),
  );
  const total = reckonTotal(rubric, sections, items, answers.bonuses ?? []);
  const printed = sections.map((result) => published(rubric, result));
  const flags = flagsOf(rubric, answers.items, items, sections);
  if (sectionsDiffer(rubric, printed, total.raw)) flags.push("sections_rounded");
  return {
    ...total,
    full: rubric.full,
    lost: total.raw === null ? null : rubric.full - total.raw,
    rankable: !flags.some((flag) => UNRANKED.has(flag)),
    major_losses: items.filter(({ item, lost }) => lost.n > 0n && item.severity !== "general")
      .length,
    flags,
    sections: printed,
    items: sections.flatMap(({ section }, index) =>
      (groups[index] ?? []).map((result) => itemScore(rubric, section.code, result)),
    ),
  };
}

/**
 * @param {Rubric} rubric
 * @param {string} section
 * @param {ItemResult} result
 * @returns {ItemScore}
 */
function itemScore(rubric, section, result) {
  return {
    item: result.item.code,
    section,
    status: result.status,
    full: result.item.full,
    lost: rounded(result.lost, rubric.rounding),
    count: result.count,
    repeat_extra: rounded(result.extra, rubric.rounding),
    refund: rounded(result.refund, rubric.rounding),
    critical: result.critical,
  };
}
