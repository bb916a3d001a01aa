/** @import {ItemScore, Scorecard, Section} from "../types.js" */

/** How far one section is, for its tab and its part of the score bar. `kept` and `seen` end at that percentage.
 * @typedef {{key: string, full: number, answered: number, of: number, lost: number, kept: number, seen: number,
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
  const { key, code, full } = section;
  const items = card.items.filter((item) => item.section === code && !OUT.has(item.status));
  const answered = items.filter((item) => item.status !== "unanswered").length;
  const score = card.sections.find((one) => one.section === code) ?? NOTHING;
  const lost = score.lost ?? 0;
  const base = marks(items.filter((item) => !ASIDE.has(item.status)));
  const state = stateOf(answered, items.length, base, lost);
  const part = { key, full, answered, of: items.length, lost, earned: score.earned, state };
  return { ...part, ...bar(items, base, score.found) };
}

const NOTHING = { lost: null, found: 0, earned: null };

/**
 * The section's part of the score bar. Both ends are shares of what is applicable: N/A items stretch the
 * rest over the section's full marks.
 * @param {readonly ItemScore[]} items
 * @param {number} base
 * @param {number} found
 */
function bar(items, base, found) {
  if (!base) return { kept: 0, seen: 0 };
  const scored = marks(items.filter((item) => item.status === "scored"));
  const seen = Math.min(100, (100 * scored) / base);
  return { seen, kept: Math.max(0, seen - (100 * found) / base) };
}

/**
 * @param {number} answered
 * @param {number} of
 * @param {number} base
 * @param {number} lost
 * @returns {SectionProgress["state"]}
 */
function stateOf(answered, of, base, lost) {
  if (lost) return "cut";
  if (answered < of) return "waiting";
  return base ? "done" : "off";
}

/** @param {readonly ItemScore[]} items */
function marks(items) {
  return items.reduce((all, item) => all + item.full, 0);
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
