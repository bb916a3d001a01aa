/** @import {Doc, DocSection} from "../types.js" */
import { parse, plain } from "../../../js/model/points.js";

/** A change that moved the sum. @typedef {{number: string, before: string, after: string, section: number, item: number | null}} Cause */

/**
 * Points as written, in hundredths; what is no number of points counts nothing.
 * @param {string | undefined} text
 */
export function points(text) {
  return parse(text ?? "") ?? 0;
}

/**
 * What the items of a section add up to.
 * @param {DocSection} section
 */
export function itemsSum(section) {
  return (section.items ?? []).reduce((sum, item) => sum + points(item.full), 0);
}

/**
 * The section with its marks added up from its items, unless it gives more than it can lose on purpose.
 * @param {DocSection} section
 * @returns {DocSection}
 */
export function summed(section) {
  if (section.over_allocated) return section;
  const full = plain(itemsSum(section));
  return full === section.full ? section : { ...section, full };
}

/**
 * What the sections add up to beside what they should: `over` is negative where points are missing.
 * @param {Doc} document
 */
export function standing(document) {
  const total = (document.sections ?? []).reduce((sum, section) => sum + points(section.full), 0);
  const full = points(document.full);
  return { total, full, over: total - full, exact: total === full && full > 0 };
}

/**
 * Items whose marks are others than when the card added up last: where the sum went wrong.
 * @param {Doc} balanced
 * @param {Doc} document
 * @returns {Cause[]}
 */
export function causes(balanced, document) {
  const before = new Map(numbered(balanced).map((one) => [one.code, one]));
  const after = numbered(document);
  const now = new Set(after.map((one) => one.code));
  const changed = after.flatMap(({ code, full, ...place }) => {
    const known = before.get(code);
    const earlier = known?.full ?? "0";
    if (points(earlier) === points(full)) return [];
    // What is new has nothing to go back to.
    return [{ ...place, before: earlier, after: full, item: known ? place.item : null }];
  });
  const gone = numbered(balanced)
    .filter(({ code }) => !now.has(code))
    .map(({ code: _code, full, ...place }) => ({ ...place, before: full, after: "0", item: null }));
  return [...changed, ...gone];
}

/** @param {Doc} document */
function numbered(document) {
  return (document.sections ?? []).flatMap((section, place) =>
    (section.items ?? []).map((item, index) => ({
      code: item.code ?? "",
      number: `${place + 1}.${index + 1}`,
      full: item.full ?? "0",
      section: place,
      item: index,
    })),
  );
}

/**
 * By how many points a section is over or under what it had when the card added up.
 * @param {Doc} balanced
 * @param {DocSection} section
 */
export function sectionOver(balanced, section) {
  const earlier = (balanced.sections ?? []).find(({ code }) => code === section.code);
  return points(section.full) - points(earlier?.full);
}
