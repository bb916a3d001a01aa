import { signal } from "../../vendor/signals-core.js";

/** On a phone the columns are one step after another; on a desk all are there at once.
 * @typedef {"sections" | "items" | "panel" | "preview"} Step */

/** @type {readonly Step[]} */
const STEPS = ["sections", "items", "panel", "preview"];

const NARROW = matchMedia("(max-width: 900px)");

/** @param {string} hash @returns {Step} */
function stepIn(hash) {
  return STEPS.find((step) => hash === `#${step}`) ?? "sections";
}

export const step = signal(stepIn(location.hash));

/**
 * Goes on to a step, so that the browser's own way back leads back.
 * @param {Step} next
 */
export function goTo(next) {
  if (!NARROW.matches || step.peek() === next) return;
  history.pushState(null, "", `#${next}`);
  step.value = next;
  scrollTo(0, 0);
}

export function goBack() {
  history.back();
}

export function watchSteps() {
  addEventListener("popstate", () => {
    step.value = stepIn(location.hash);
    scrollTo(0, 0);
  });
}
