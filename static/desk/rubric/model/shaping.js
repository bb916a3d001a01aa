/** @import {Doc, DocItem, DocSection, Path, Spot} from "../types.js" */
import { at, put } from "./document.js";
import { nextItemCode, nextSectionCode, nextSectionKey } from "./codes.js";
import { inserted, moved, without } from "./lists.js";
import { summed } from "./sums.js";

/** What a change made, and what it leaves chosen. @typedef {{document: Doc, at: Spot}} Shaped */

const NO_WORDS = { zh: "", en: "" };

/**
 * A field changed; the marks of a section follow those of its items.
 * @param {Doc} document
 * @param {Path} path
 * @param {unknown} value
 * @returns {Doc}
 */
export function changed(document, path, value) {
  const next = said(put(document, path, value), path);
  const follows = path[0] === "sections" && path.length > 2;
  return follows ? resummed(next, Number(path[1])) : next;
}

/**
 * A wording an item may lack goes when nothing is left of it.
 * @param {Doc} document
 * @param {Path} path of what changed
 * @returns {Doc}
 */
function said(document, path) {
  const above = path.slice(0, -1);
  if (above[above.length - 1] !== "responsible") return document;
  const { zh, en } = at(document, above);
  return zh || en ? document : put(document, above, undefined);
}

/**
 * @param {Doc} document
 * @param {number} which
 * @returns {Doc}
 */
function resummed(document, which) {
  const section = at(document, ["sections", which]);
  return section ? put(document, ["sections", which], summed(section)) : document;
}

/** @param {Doc} document @returns {Shaped} */
export function addSection(document) {
  const sections = document.sections ?? [];
  /** @type {DocSection} */
  const section = {
    code: nextSectionCode(document),
    key: nextSectionKey(document),
    title: NO_WORDS,
    short: NO_WORDS,
    full: "0",
    items: [],
  };
  const next = { ...document, sections: [...sections, section] };
  return { document: next, at: { section: sections.length, item: null } };
}

/**
 * @param {Doc} document
 * @param {number} which
 * @returns {Shaped}
 */
export function removeSection(document, which) {
  const sections = without(document.sections, which);
  const section = Math.max(0, Math.min(which, sections.length - 1));
  return { document: { ...document, sections }, at: { section, item: null } };
}

/**
 * @param {Doc} document
 * @param {number} from
 * @param {number} to
 * @returns {Shaped}
 */
export function moveSection(document, from, to) {
  const sections = moved(document.sections, from, to);
  return { document: { ...document, sections }, at: { section: to, item: null } };
}

/**
 * One more item at the end of a section, with what most items are.
 * @param {Doc} document
 * @param {number} section
 * @returns {Shaped}
 */
export function addItem(document, section) {
  const home = at(document, ["sections", section]);
  return placed(
    document,
    { section, item: home.items?.length ?? 0 },
    {
      code: nextItemCode(document, home),
      full: "1",
      title: NO_WORDS,
      standard: NO_WORDS,
      rule_text: NO_WORDS,
      rule: { kind: "tier", options: [{ code: "option_1", loss: "1", text: NO_WORDS }] },
      evidence: "photo",
      na: "never",
      severity: "general",
      rectification: NO_WORDS,
      hours: 24,
      source: "own",
    },
  );
}

/**
 * The same item once more, right behind itself, under a code of its own.
 * @param {Doc} document
 * @param {Spot} spot
 * @returns {Shaped}
 */
export function duplicateItem(document, { section, item }) {
  const home = at(document, ["sections", section]);
  const copy = { ...home.items[item ?? 0], code: nextItemCode(document, home) };
  return placed(document, { section, item: (item ?? 0) + 1 }, copy);
}

/**
 * @param {Doc} document
 * @param {Spot} spot
 * @returns {Shaped}
 */
export function removeItem(document, { section, item }) {
  const items = without(at(document, ["sections", section, "items"]), item ?? 0);
  const next = changed(document, ["sections", section, "items"], items);
  const left = items.length ? Math.min(item ?? 0, items.length - 1) : null;
  return { document: next, at: { section, item: left } };
}

/**
 * An item to another place, in its own section or in another one.
 * @param {Doc} document
 * @param {Spot} from
 * @param {{section: number, item: number}} to where it stands afterwards
 * @returns {Shaped}
 */
export function moveItem(document, from, to) {
  const path = ["sections", from.section, "items"];
  const one = at(document, [...path, from.item ?? 0]);
  const left = changed(document, path, without(at(document, path), from.item ?? 0));
  return placed(left, to, one);
}

/**
 * @param {Doc} document
 * @param {{section: number, item: number}} spot
 * @param {DocItem} one
 * @returns {Shaped}
 */
function placed(document, { section, item }, one) {
  const path = ["sections", section, "items"];
  const items = inserted(at(document, path), item, one);
  return { document: changed(document, path, items), at: { section, item: items.indexOf(one) } };
}
