/** @import {AnswerRow, Item, Section, Verdict} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { signal } from "../../vendor/signals-core.js";
import { judged } from "../model/answer_row.js";
import { isOn } from "../model/blockers.js";

/** Passed items somebody opened again to look or to change. */
export const reopened = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** Items whose standard is unfolded. */
export const unfolded = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/**
 * @param {import("../../vendor/signals-core.js").Signal<ReadonlySet<string>>} set
 * @param {string} item
 */
export function flip(set, item) {
  const next = new Set(set.peek());
  if (!next.delete(item)) next.add(item);
  set.value = next;
}

/**
 * Keeps a changed answer. An item changed by hand no longer counts as passed in one go.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {AnswerRow} row
 */
export function edit(draft, section, row) {
  const bulk_pass = draft.visit.peek().bulk_pass.filter((code) => code !== row.item);
  draft.put([row], { at: { section: section.key, item: row.item }, bulk_pass });
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {Verdict} verdict
 */
export function judge(draft, section, item, verdict) {
  edit(draft, section, judged(draft.row(item.code), verdict, item));
  if (verdict !== "pass") return;
  const still = new Set(reopened.peek());
  still.delete(item.code);
  reopened.value = still;
  requestAnimationFrame(() => onward(draft, section, item));
}

/**
 * Brings the next item without a verdict under the thumb, or the end of the section.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 */
function onward(draft, section, item) {
  const on = section.items.filter((one) => isOn(one, draft.features));
  const at = on.indexOf(item);
  const next = [...on.slice(at + 1), ...on.slice(0, at)].find(
    (one) => !draft.row(one.code).verdict,
  );
  const place = next ? placeOf(next.code) : document.querySelector(".form-body")?.lastElementChild;
  place?.scrollIntoView({ block: next ? "start" : "end", behavior: behaviour() });
  const focus = next
    ? place?.querySelector('[role="radio"]')
    : document.querySelector(".m-foot .btn--p");
  /** @type {HTMLElement | null | undefined} */ (focus)?.focus({ preventScroll: true });
}

/** @param {string} item */
function placeOf(item) {
  return document.getElementById(`item-${item}`);
}

function behaviour() {
  const calm =
    matchMedia("(prefers-reduced-motion: reduce)").matches ||
    "discreet" in document.documentElement.dataset;
  return calm ? "auto" : "smooth";
}
