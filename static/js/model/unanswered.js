/** @import {AnswerRow, Item, Rubric, Section} from "../types.js" */
import { isOn } from "./blockers.js";

/** @typedef {{rubric: Rubric, features: readonly string[], row: (item: string) => AnswerRow}} Card */
/** @typedef {{section: Section, item: Item}} Where */

/**
 * Every item nobody judged yet, in the order of the card.
 * @param {Card} card
 * @returns {Where[]}
 */
export function unanswered({ rubric, features, row }) {
  return rubric.sections.flatMap((section) =>
    section.items
      .filter((item) => isOn(item, features) && !row(item.code).verdict)
      .map((item) => ({ section, item })),
  );
}

/**
 * The next one after an item, from the front again once the end is reached.
 * @param {Card} card
 * @param {string} after code of the item one is at
 * @returns {Where | undefined}
 */
export function nextUnanswered(card, after) {
  const order = card.rubric.sections.flatMap((section) => section.items.map((item) => item.code));
  const here = order.indexOf(after);
  const left = unanswered(card);
  return left.find(({ item }) => order.indexOf(item.code) > here) ?? left[0];
}

/**
 * Items of a section nobody touched: without a verdict, words or photos.
 * @param {Card & {slotsOf: (item: string) => readonly unknown[]}} card
 * @param {Section} section
 */
export function untouched({ features, row, slotsOf }, section) {
  return section.items.filter((item) => {
    const { verdict, note, reason, measured } = row(item.code);
    const bare = !verdict && !note && !reason && !measured;
    return isOn(item, features) && bare && slotsOf(item.code).length === 0;
  });
}
