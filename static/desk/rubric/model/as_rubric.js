/** @import {Doc, DocItem, DocOption, DocRule, DocSection, Words} from "../types.js" */
/** @import {Hundredths, Item, Option, Rubric, Rule, Section, Text} from "../../../js/types.js" */
import { points } from "./sums.js";

/**
 * The draft as the phone would have it, finished or not: what is missing is empty, what is no number is nothing.
 * @param {Doc} document
 * @returns {Rubric}
 */
export function asRubric(document) {
  const sections = (document.sections ?? []).map(asSection);
  const numbers = {
    full: points(document.full),
    pass_line: document.pass_line === undefined ? null : points(document.pass_line),
    repeat_factor: points(document.repeat_factor) || 100,
    spot_refund: points(document.spot_refund),
    bonus_cap: points(document.bonus_cap),
    manual_na_review_share: points(document.manual_na_review_share),
    min_applicable_share: points(document.min_applicable_share),
    not_observed_share: points(document.not_observed_share),
  };
  return {
    code: document.code ?? "",
    edition: document.edition ?? "",
    title: words(document.title),
    store_kind: either(document.store_kind, "storefront", ["storefront", "customer_club"]),
    na_method: either(document.na_method, "scale_section", ["full_credit", "whole_card", "zero"]),
    rounding: either(document.rounding, "half_up", ["half_even"]),
    ...numbers,
    bands: (document.bands ?? []).map((band) => ({
      code: band.code ?? "",
      title: words(band.title),
      floor: points(band.floor),
      ceiling: points(band.ceiling),
    })),
    bonuses: [],
    sections: distinct(sections),
  };
}

/**
 * The phone finds items by their code and sections by their key: unfinished ones get one of their own.
 * @param {Section[]} sections
 * @returns {Section[]}
 */
function distinct(sections) {
  /** @type {Set<string>} */
  const codes = new Set();
  /** @type {Set<string>} */
  const keys = new Set();
  return sections.map((section, place) => ({
    ...section,
    key: own(keys, section.key, `s${place + 1}`),
    items: section.items.map((item, index) => ({
      ...item,
      code: own(codes, item.code, `${place + 1}-${index + 1}`),
    })),
  }));
}

/**
 * @param {Set<string>} taken
 * @param {string} wanted
 * @param {string} otherwise
 */
function own(taken, wanted, otherwise) {
  const name = !wanted || taken.has(wanted) ? otherwise : wanted;
  taken.add(name);
  return name;
}

/** @param {DocSection} section @returns {Section} */
function asSection(section) {
  return {
    code: section.code ?? "",
    key: section.key ?? "",
    title: words(section.title),
    short: words(isSaid(section.short) ? section.short : section.title),
    full: points(section.full),
    over_allocated: section.over_allocated ?? false,
    items: (section.items ?? []).map(asItem),
  };
}

/** @param {DocItem} item @returns {Item} */
function asItem(item) {
  const critical = item.critical ?? {};
  const effects = /** @type {const} */ (["veto", "cap", "section_zero", "total_zero"]);
  return {
    code: item.code ?? "",
    title: words(item.title),
    standard: words(item.standard),
    full: points(item.full),
    rule: asRule(item.rule ?? {}, points(item.full)),
    rule_text: words(item.rule_text),
    evidence: either(item.evidence, "none", ["photo", "record", "note"]),
    na: either(item.na, "never", ["allowed"]),
    feature: item.feature ?? "",
    severity: either(item.severity, "general", ["major", "veto"]),
    critical: { effect: either(critical.effect, "none", effects), cap: points(critical.cap) },
    rectification: words(item.rectification),
    hours: item.hours ?? 0,
    source: item.source ?? "",
    ...(item.photos && { photos: item.photos }),
  };
}

/**
 * @param {DocRule} rule
 * @param {Hundredths} full
 * @returns {Rule}
 */
function asRule(rule, full) {
  if (rule.kind === "tier") return { kind: "tier", options: asOptions(rule.options) };
  if (rule.kind === "sum") return { kind: "sum", ticks: asOptions(rule.ticks) };
  if (rule.kind === "meas") return asMeas(rule);
  if (rule.kind !== "occ") return { kind: "info" };
  const [veto_option = null] = asOptions(rule.veto_option && [rule.veto_option]);
  return { kind: "occ", each: points(rule.each) || full, unit: words(rule.unit), veto_option };
}

/** @param {DocRule} rule @returns {Rule} */
function asMeas({ unit, least, most, bands = [] }) {
  return {
    kind: "meas",
    unit: words(unit),
    least: points(least),
    most: points(most),
    bands: bands.map((band) => ({
      above: points(band.above),
      loss: points(band.loss),
      text: words(band.text),
      veto: band.veto ?? false,
    })),
  };
}

/** @param {DocOption[]} [options] @returns {Option[]} */
function asOptions(options = []) {
  return options.map((option, index) => ({
    code: option.code || `option_${index + 1}`,
    text: words(option.text),
    loss: points(option.loss),
    veto: option.veto ?? false,
  }));
}

/** @param {Words} [wording] */
function isSaid(wording) {
  return Boolean(wording?.zh || wording?.en);
}

/** @param {Words} [wording] @returns {Text} */
function words(wording = {}) {
  return { zh: wording.zh || wording.en || "—", en: wording.en || wording.zh || "—" };
}

/**
 * One of a few words.
 * @template {string} A
 * @template {string} B
 * @param {string | undefined} word
 * @param {A} otherwise
 * @param {readonly B[]} others
 * @returns {A | B}
 */
function either(word, otherwise, others) {
  return others.find((one) => one === word) ?? otherwise;
}
