/** @import {LineToCheck, Rubric} from "../types.js" */

/** A look at failed lines fills in their items and nothing else. */

/**
 * The rubric with the items of these lines alone.
 * @param {Rubric} rubric
 * @param {readonly LineToCheck[]} lines
 * @returns {Rubric}
 */
export function partOf(rubric, lines) {
  const wanted = new Set(lines.flatMap(({ items }) => items));
  const sections = rubric.sections
    .map((section) => ({
      ...section,
      items: section.items.filter(({ code }) => wanted.has(code)),
    }))
    .filter(({ items }) => items.length);
  return { ...rubric, sections, bonuses: [] };
}

/**
 * The line an item is looked at for.
 * @param {readonly LineToCheck[] | undefined} lines
 * @param {string} item
 */
export function lineOf(lines, item) {
  return lines?.find(({ items }) => items.includes(item));
}
