/** @import {LineToCheck, Rubric, Section} from "../types.js" */

/** A look at failed lines fills in their items and nothing else. */

/**
 * The rubric with the items of these lines alone, worth what they are worth: nothing is scaled up to the whole card.
 * @param {Rubric} rubric
 * @param {readonly LineToCheck[]} lines
 * @returns {Rubric}
 */
export function partOf(rubric, lines) {
  const wanted = new Set(lines.flatMap(({ items }) => items));
  const sections = rubric.sections
    .map((section) => cut(section, wanted))
    .filter(({ items }) => items.length);
  const full = marksOf(sections);
  return { ...rubric, full, sections, bonuses: [], na_method: "full_credit" };
}

/**
 * @param {Section} section
 * @param {ReadonlySet<string>} wanted
 */
function cut(section, wanted) {
  const items = section.items.filter(({ code }) => wanted.has(code));
  return { ...section, items, full: Math.min(section.full, marksOf(items)) };
}

/** @param {readonly {full: number}[]} parts */
function marksOf(parts) {
  return parts.reduce((all, { full }) => all + full, 0);
}

/**
 * The line an item is looked at for.
 * @param {readonly LineToCheck[] | undefined} lines
 * @param {string} item
 */
export function lineOf(lines, item) {
  return lines?.find(({ items }) => items.includes(item));
}
