/** @import {Answer, Item, ItemScore, Meas, Occ, Option, Rubric} from "../types.js" */
/** @import {Exact} from "./exact.js" */
import { ZERO, least, minus, scaled, whole } from "./exact.js";
import { bandOf } from "./measured.js";
import { parse } from "./points.js";

/** Items that lost marks in the last locked round and still stand.
 * @typedef {{readonly round: string, readonly items: readonly string[]}} EarlierFindings
 */
/** One item reckoned exactly: `lost` includes `extra` and is already less `refund`.
 * @typedef {{item: Item, status: ItemScore["status"], lost: Exact, extra: Exact, refund: Exact, count: number,
 *   critical: boolean}} ItemResult
 */
/** What the rule alone makes of a finding, before any floor.
 * @typedef {{lost: number, count: number, veto: boolean}} Found
 */

/** @type {Found} */
const NOTHING_FOUND = { lost: 0, count: 0, veto: false };

/**
 * Scores one item. Throws for a finding the rule does not know.
 * @param {Rubric} rubric
 * @param {Item} item
 * @param {Answer | undefined} answer
 * @param {readonly string[]} features
 * @param {EarlierFindings} earlier
 * @returns {ItemResult}
 */
export function reckonItem(rubric, item, answer, features, earlier) {
  const status = statusOf(item, answer, features);
  const kept = { item, status, lost: ZERO, extra: ZERO, refund: ZERO, count: 0, critical: false };
  if (status !== "scored" || !answer || answer.verdict === "pass") return kept;
  const found = find(item, answer);
  const floored = whole(Math.min(found.lost, item.full));
  const repeated = repeat(rubric, item, floored, earlier);
  const corrected = answer.corrected_on_spot === true && !found.veto;
  const refund = corrected ? scaled(repeated, rubric.spot_refund, 100) : ZERO;
  return {
    ...kept,
    lost: minus(repeated, refund),
    extra: minus(repeated, floored),
    refund,
    count: found.count,
    critical: found.veto,
  };
}

/**
 * Whether an item is scored and if not why. Store features decide before the inspector.
 * @param {Item} item
 * @param {Answer | undefined} answer
 * @param {readonly string[]} features
 * @returns {ItemScore["status"]}
 */
function statusOf(item, answer, features) {
  if (item.feature && !features.includes(item.feature)) return "switched_off";
  if (!answer) return "unanswered";
  if (answer.verdict === "na" || answer.verdict === "not_observed") return answer.verdict;
  return item.rule.kind === "info" ? "info" : "scored";
}

/**
 * Applies the rule to a finding.
 * @param {Item} item
 * @param {Answer} answer
 * @returns {Found}
 */
export function find(item, answer) {
  const { rule } = item;
  if (rule.kind === "occ") return occurrences(item, rule, answer);
  if (rule.kind === "tier") {
    const option = pick(rule.options, answer.option);
    return { lost: option.loss, count: 1, veto: option.veto };
  }
  if (rule.kind === "sum") {
    const ticked = (answer.ticks ?? []).map((code) => pick(rule.ticks, code));
    const lost = ticked.reduce((all, tick) => all + tick.loss, 0);
    return { lost, count: ticked.length, veto: ticked.some((tick) => tick.veto) };
  }
  return rule.kind === "meas" ? measurement(item, rule, answer) : NOTHING_FOUND;
}

/**
 * @param {Item} item
 * @param {Meas} rule
 * @param {Answer} answer
 * @returns {Found}
 */
function measurement(item, rule, answer) {
  const measured = parse(answer.measured ?? "");
  if (measured === null) throw new Error(`${item.code} has no measured number`);
  const band = bandOf(rule, measured);
  return band ? { lost: band.loss, count: 1, veto: band.veto } : NOTHING_FOUND;
}

/**
 * @param {Item} item
 * @param {Occ} rule
 * @param {Answer} answer
 * @returns {Found}
 */
function occurrences(item, rule, answer) {
  const count = answer.count ?? 0;
  const lost = count * rule.each;
  if (!answer.veto) return { lost, count, veto: false };
  const option = rule.veto_option;
  if (!option) throw new Error(`${item.code} has no veto option`);
  return { lost: lost + option.loss, count: count + 1, veto: option.veto };
}

/**
 * @param {readonly Option[]} options
 * @param {string | undefined} code
 */
function pick(options, code) {
  const option = options.find((one) => one.code === code);
  if (!option) throw new Error(`no option ${code}`);
  return option;
}

/**
 * @param {Rubric} rubric
 * @param {Item} item
 * @param {Exact} lost
 * @param {EarlierFindings} earlier
 */
function repeat(rubric, item, lost, earlier) {
  if (!earlier.items.includes(item.code)) return lost;
  return least(scaled(lost, rubric.repeat_factor, 100), whole(item.full));
}
