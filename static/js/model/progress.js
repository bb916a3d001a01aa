/** @import {ItemScore, Scorecard, Section} from "../types.js" */

/** How far one section is, for its tab and its part of the score bar. `kept` and `seen` end at that percentage.
 * @typedef {{key: string, full: number, answered: number, of: number, found: number, kept: number, seen: number,
 *   earned: number | null, state: "waiting" | "cut" | "done" | "off"}} SectionProgress
 */

/** Not asked for on this card. */
const OUT = new Set(["switched_off"]);
/** Answered, without marks of its own. */
const ASIDE = new Set(["switched_off", "na", "not_observed", "info"]);

/**
 * @param {Section} section
 * @param {Scorecard} card
 * @returns {SectionProgress}
 */
export function progressOf(section, card) {
  const items = card.items.filter((item) => item.section === section.code && !OUT.has(item.status));
  const scored = items.filter((item) => item.status === "scored");
  const answered = items.filter((item) => item.status !== "unanswered").length;
  const base = sum(
    items.filter((item) => !ASIDE.has(item.status)),
    "full",
  );
  const score = card.sections.find((one) => one.section === section.code);
  const found = score?.found ?? 0;
  const seen = base ? Math.min(100, (100 * sum(scored, "full")) / base) : 0;
  const kept = base ? Math.max(0, seen - (100 * found) / base) : 0;
  const common = {
    key: section.key,
    full: section.full,
    answered,
    of: items.length,
    found,
    kept,
    seen,
  };
  return {
    ...common,
    earned: score?.earned ?? null,
    state: stateOf(answered, items.length, base, found),
  };
}

/**
 * @param {number} answered
 * @param {number} of
 * @param {number} base
 * @param {number} found
 * @returns {SectionProgress["state"]}
 */
function stateOf(answered, of, base, found) {
  if (found) return "cut";
  if (answered < of) return "waiting";
  return base ? "done" : "off";
}

/**
 * @param {readonly ItemScore[]} items
 * @param {"full" | "lost"} field
 */
function sum(items, field) {
  return items.reduce((all, item) => all + item[field], 0);
}

/**
 * @param {Scorecard} card
 * @returns {{answered: number, of: number}}
 */
export function answeredOf(card) {
  const asked = card.items.filter((item) => !OUT.has(item.status));
  return {
    answered: asked.filter((item) => item.status !== "unanswered").length,
    of: asked.length,
  };
}
