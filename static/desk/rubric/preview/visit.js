/** @import {AnswerRow, Rubric, StoreOut, VisitRow} from "../../../js/types.js" */
/** @import {Stored} from "../../../js/store/visits.js" */

export const VISIT = "00000000-0000-7000-8000-0000000000f0";

/**
 * A visit nobody makes, to a store that has everything the rubric may ask for.
 * @param {Rubric} rubric
 * @param {string} name of the store
 * @param {string} now
 * @param {AnswerRow[]} rows what was answered before the draft changed
 * @returns {Stored}
 */
export function pretended(rubric, name, now, rows) {
  const items = new Set(rubric.sections.flatMap(({ items: all }) => all).map(({ code }) => code));
  return {
    visit: visitOf(rubric, name, now),
    rows: rows.filter(({ item }) => items.has(item)),
    slots: [],
  };
}

/**
 * Every feature some item depends on.
 * @param {Rubric} rubric
 */
export function featuresOf(rubric) {
  const all = rubric.sections.flatMap(({ items }) => items).map(({ feature }) => feature);
  return [...new Set(all.filter(Boolean))];
}

/**
 * @param {Rubric} rubric
 * @param {string} name
 * @param {string} now
 * @returns {VisitRow}
 */
function visitOf(rubric, name, now) {
  return {
    format: 1,
    id: VISIT,
    account: "",
    assignment: "",
    attempt: 1,
    state: "draft",
    rubric: "",
    store: storeOf(rubric, name),
    round: { code: "", name_zh: "", name_en: "" },
    window_from: "",
    window_to: "",
    cover: "",
    visit_kind: "mystery_visit",
    earlier: [],
    started_at: now,
    changed_at: now,
    saves: 0,
    at: null,
    bulk_pass: [],
    place: null,
    // Nobody is asked whether they have arrived.
    check_in: { at: now, place: null },
    declaration: false,
    return_reason: "",
  };
}

/**
 * @param {Rubric} rubric
 * @param {string} name
 * @returns {StoreOut}
 */
function storeOf(rubric, name) {
  return {
    code: "",
    name,
    kind: rubric.store_kind,
    region_zh: "",
    region_en: "",
    address: "",
    features: featuresOf(rubric),
    latitude_e6: null,
    longitude_e6: null,
  };
}
