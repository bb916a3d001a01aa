/** @import {Doc, DocItem, DocSection, Spot} from "../types.js" */

/** @param {Doc} draft @returns {DocSection[]} */
export function sectionsOf(draft) {
  return draft.sections ?? [];
}

/** @param {Doc} draft @param {number} section @returns {DocItem[]} */
export function itemsOf(draft, section) {
  return draft.sections?.[section]?.items ?? [];
}

/** @param {Doc} draft @param {Spot} spot @returns {DocItem | undefined} */
export function itemAt(draft, { section, item }) {
  return item === null ? undefined : itemsOf(draft, section)[item];
}

/**
 * The number people call it by: 3, or 3.2.
 * @param {Spot} spot
 */
export function numberOf({ section, item }) {
  return item === null ? String(section + 1) : `${section + 1}.${item + 1}`;
}

/**
 * The place one up or down, null past the ends.
 * @param {Doc} draft
 * @param {Spot} spot
 * @param {number} by
 * @returns {Spot | null}
 */
export function neighbour(draft, { section, item }, by) {
  const list = item === null ? sectionsOf(draft) : itemsOf(draft, section);
  const place = (item ?? section) + by;
  if (place < 0 || place >= list.length) return null;
  return item === null ? { section: place, item } : { section, item: place };
}

/**
 * Where something dropped on a spot comes to stand: an item dropped on a section goes to its end.
 * @param {Doc} draft
 * @param {Spot} from
 * @param {Spot} to
 * @returns {{section: number, item: number}}
 */
export function landing(draft, from, to) {
  const length = itemsOf(draft, to.section).length;
  const end = from.section === to.section ? length - 1 : length;
  return { section: to.section, item: to.item ?? end };
}
