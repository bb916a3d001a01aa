/** @import {AnswerRow, DraftDocument, Item, Rubric, SlotRow} from "../types.js" */
import { toAnswer } from "./answer_row.js";
import { slotsOf } from "./submission.js";

/** What one version says about an item. @typedef {{row: AnswerRow, photos: SlotRow[]}} Said */

/** An item two versions say different things about; null where a version says nothing.
 * @typedef {{item: Item, one: Said | null, other: Said | null}} Difference
 */

/**
 * Where two versions of a visit differ, in the order of the card.
 * @param {Rubric} rubric
 * @param {DraftDocument} one
 * @param {DraftDocument} other
 * @returns {Difference[]}
 */
export function differences(rubric, one, other) {
  return rubric.sections
    .flatMap((section) => section.items)
    .map((item) => ({ item, one: said(one, item), other: said(other, item) }))
    .filter((found) => told(found.item, found.one) !== told(found.item, found.other));
}

/**
 * What one version says, item by item, for reading it.
 * @param {Rubric} rubric
 * @param {DraftDocument} document
 */
export function answered(rubric, document) {
  return rubric.sections
    .flatMap((section) => section.items)
    .flatMap((item) => {
      const found = said(document, item);
      return found ? [{ item, said: found }] : [];
    });
}

/**
 * @param {DraftDocument} document
 * @param {Item} item
 * @returns {Said | null}
 */
function said({ answers, slots }, item) {
  const row = answers.find((one) => one.item === item.code);
  return row?.verdict ? { row, photos: slotsOf(slots, item.code) } : null;
}

/**
 * @param {Item} item
 * @param {Said | null} found
 */
function told(item, found) {
  return found ? JSON.stringify(toAnswer(found.row, item, found.photos)) : "";
}
