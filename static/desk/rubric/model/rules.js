/** @import {DocItem, DocOption, DocRule, Kind} from "../types.js" */
import { nextCode } from "./codes.js";
import { points } from "./sums.js";

/** @type {readonly Kind[]} */
export const KINDS = ["tier", "occ", "sum", "meas", "info"];

const NO_WORDS = { zh: "", en: "" };

/** The field that holds the reasons of a rule. @type {Partial<Record<Kind, "options" | "ticks" | "bands">>} */
export const REASONS = { tier: "options", sum: "ticks", meas: "bands" };

/**
 * The reasons of a rule, whatever its kind calls them.
 * @param {DocRule | undefined} rule
 * @returns {{text?: {zh?: string, en?: string}, loss?: string, veto?: boolean, code?: string, above?: string}[]}
 */
export function reasonsOf(rule) {
  const field = rule?.kind && REASONS[rule.kind];
  return (field && rule[field]) || [];
}

/**
 * An item under another kind of rule; reasons that fit the new kind stay.
 * @param {DocItem} item
 * @param {Kind} kind
 * @returns {DocItem}
 */
export function ofKind(item, kind) {
  const rule = SHAPES[kind](item, /** @type {DocOption[]} */ (reasonsOf(item.rule)));
  const next = { ...item, rule, full: kind === "info" ? "0" : item.full || "1" };
  return fires(rule) || !item.critical ? next : calmed(next);
}

/** @type {Record<Kind, (item: DocItem, reasons: DocOption[]) => DocRule>} */
const SHAPES = {
  tier: (item, reasons) => ({ kind: "tier", options: options(item, reasons) }),
  sum: (item, reasons) => ({ kind: "sum", ticks: options(item, reasons) }),
  occ: (_item, reasons) => ({ kind: "occ", each: reasons[0]?.loss ?? "1", unit: NO_WORDS }),
  meas: (item, reasons) => ({
    kind: "meas",
    unit: NO_WORDS,
    least: "0",
    most: "60",
    bands: [{ above: "10", loss: item.full ?? "1", text: reasons[0]?.text ?? NO_WORDS }],
  }),
  info: () => ({ kind: "info" }),
};

/**
 * @param {DocItem} item
 * @param {DocOption[]} reasons
 * @returns {DocOption[]}
 */
function options(item, reasons) {
  const kept = reasons.map((one, index) => ({
    code: one.code ?? `option_${index + 1}`,
    loss: one.loss ?? "1",
    text: one.text ?? NO_WORDS,
    ...(one.veto && { veto: true }),
  }));
  return kept.length ? kept : [{ code: "option_1", loss: item.full ?? "1", text: NO_WORDS }];
}

/**
 * One more reason at the end of a rule.
 * @param {DocRule} rule
 * @returns {DocRule}
 */
export function withReason(rule) {
  if (rule.kind === "meas")
    return { ...rule, bands: [...(rule.bands ?? []), { above: "", loss: "", text: NO_WORDS }] };
  const field = rule.kind === "sum" ? "ticks" : "options";
  const list = rule[field] ?? [];
  const code = nextCode(list, "option_");
  return { ...rule, [field]: [...list, { code, loss: "", text: NO_WORDS }] };
}

/**
 * Whether something found under the rule fires the critical effect.
 * @param {DocRule | undefined} rule
 */
export function fires(rule) {
  return Boolean(rule?.veto_option) || reasonsOf(rule).some((one) => one.veto);
}

/** @param {DocItem} item */
export function isCritical(item) {
  return item.severity === "veto" || (item.critical?.effect ?? "none") !== "none";
}

/**
 * The item as a critical one: its worst outcome fires, within 12 hours.
 * @param {DocItem} item
 * @returns {DocItem}
 */
export function critical(item) {
  const rule = fires(item.rule) ? item.rule : armed(item);
  return {
    ...item,
    ...(rule && { rule }),
    severity: "veto",
    critical: { effect: "veto" },
    hours: Math.min(item.hours ?? 12, 12),
  };
}

/** @param {DocItem} item @returns {DocRule | undefined} */
function armed({ rule, full }) {
  if (rule?.kind !== "occ") return rule && armedAtWorst(rule);
  const option = { code: "veto", loss: full ?? "1", text: NO_WORDS, veto: true };
  return { ...rule, veto_option: option };
}

/** @param {DocRule} rule @returns {DocRule} */
function armedAtWorst(rule) {
  const losses = reasonsOf(rule).map((one) => points(one.loss));
  const worst = losses.indexOf(Math.max(...losses));
  return withReasons(rule, (one, index) => (index === worst ? { ...one, veto: true } : one));
}

/**
 * The rule with each of its reasons changed.
 * @param {DocRule} rule
 * @param {(one: any, index: number) => unknown} change
 * @returns {DocRule}
 */
function withReasons(rule, change) {
  const field = rule.kind && REASONS[rule.kind];
  return field ? { ...rule, [field]: reasonsOf(rule).map(change) } : rule;
}

/**
 * The item as an ordinary one again: nothing in it fires.
 * @param {DocItem} item
 * @returns {DocItem}
 */
export function calmed(item) {
  const rule = withReasons({ ...item.rule }, (one) => left(one, "veto"));
  return { ...left(item, "critical"), rule: left(rule, "veto_option"), severity: "major" };
}

/**
 * @template {object} T
 * @template {keyof T} K
 * @param {T} table
 * @param {K} field
 * @returns {Omit<T, K>}
 */
function left(table, field) {
  const copy = { ...table };
  delete copy[field];
  return copy;
}
