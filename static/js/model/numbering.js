/** @import {Item, Rubric} from "../types.js" */

/**
 * An item's place on the card: "3.2" is the second item of the third section.
 * @param {Rubric} rubric
 * @param {Item} item
 */
export function numberOf(rubric, item) {
  const at = rubric.sections.findIndex((section) => section.items.includes(item));
  return `${at + 1}.${(rubric.sections[at]?.items.indexOf(item) ?? -1) + 1}`;
}

/**
 * The key of the section an item stands in.
 * @param {Rubric} rubric
 * @param {string} code
 */
export function sectionKeyOf(rubric, code) {
  return (
    rubric.sections.find((section) => section.items.some((item) => item.code === code))?.key ?? ""
  );
}
