/** @import {AnswerRow, Item, Occ, Option} from "../../types.js" */
import { say, text } from "../../wording/say.js";

/**
 * A finding in the rubric's own words.
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function findingWords(item, row) {
  const { rule } = item;
  if (rule.kind === "tier") return listed(rule.options, [row.option ?? ""]);
  if (rule.kind === "sum") return listed(rule.ticks, row.ticks);
  if (rule.kind === "meas") return `${row.measured} ${text(rule.unit)}`;
  if (rule.kind === "info") return "";
  return occurrences(rule, row);
}

/**
 * @param {Occ} rule
 * @param {AnswerRow} row
 */
function occurrences(rule, row) {
  const count = row.count ? [say("form.count", { n: row.count, unit: text(rule.unit) })] : [];
  const veto = row.veto && rule.veto_option ? [text(rule.veto_option.text)] : [];
  return [...veto, ...count].join(" · ");
}

/**
 * @param {readonly Option[]} options
 * @param {readonly string[]} codes
 */
function listed(options, codes) {
  return options
    .filter((option) => codes.includes(option.code))
    .map((option) => text(option.text))
    .join(" · ");
}
