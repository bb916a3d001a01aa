/** @import {AnswerRow, Item, Text} from "../types.js" */

const MOST = 6;
const SHORTEST = 2;
const LONGEST = 32;

/**
 * Words of the rubric that may be worth writing down about an item: what was chosen, then what its standard names.
 * A standard says how it should be: where marks are lost, its words are what was not so.
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {(words: Text) => string} text
 * @param {(clause: string) => string} unmet
 * @returns {string[]}
 */
export function phrasesOf(item, row, text, unmet) {
  const named = clauses(text(item.standard));
  const standard = row.verdict === "loss" ? named.map(unmet) : named;
  const said = [...chosen(item, row).map(text), ...standard];
  return [...new Set(said)].filter((phrase) => !row.note.includes(phrase)).slice(0, MOST);
}

/**
 * @param {Item} item
 * @param {AnswerRow} row
 */
function chosen({ rule }, row) {
  if (rule.kind === "tier")
    return rule.options.filter((one) => one.code === row.option).map((one) => one.text);
  if (rule.kind === "sum")
    return rule.ticks.filter((one) => row.ticks.includes(one.code)).map((one) => one.text);
  return [];
}

/** @param {string} sentence */
function clauses(sentence) {
  return sentence
    .split(/[、，；。,;.]|\band\b/)
    .map((clause) => clause.trim())
    .filter((clause) => clause.length >= SHORTEST && clause.length <= LONGEST);
}
