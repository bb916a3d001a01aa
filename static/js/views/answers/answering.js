/** @import {AnswerRow, Item, Section, Verdict} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { signal } from "../../../vendor/signals-core.js";
import { judged } from "../../model/answer_row.js";
import { before, remembering, typedField } from "../../model/answer_past.js";
import { isOn } from "../../model/blockers.js";
import { numberOf } from "../../model/numbering.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/**
 * What names an item of one visit: the same card is filled in at many stores.
 * @param {OpenDraft} draft
 * @param {string} code
 */
export function nameIn(draft, code) {
  return `${draft.visit.peek().id} ${code}`;
}

/** Passed items somebody opened again to look or to change, by `nameIn`. */
export const reopened = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** Items whose standard is unfolded, by `nameIn`. */
export const unfolded = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/**
 * @param {import("../../../vendor/signals-core.js").Signal<ReadonlySet<string>>} set
 * @param {string} name
 */
export function flip(set, name) {
  const next = new Set(set.peek());
  if (!next.delete(name)) next.add(name);
  set.value = next;
}

/**
 * Keeps a changed answer and what it said before. An item changed by hand no longer counts as passed in one go.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {AnswerRow} row
 * @param {boolean} [quiet] whoever changed it says so
 */
export function edit(draft, section, row, quiet = false) {
  const earlier = draft.row(row.item);
  const bulk_pass = draft.visit.peek().bulk_pass.filter((code) => code !== row.item);
  const at = { section: section.key, item: row.item };
  draft.put([remembering(earlier, row, Date.now())], { at, bulk_pass });
  if (!quiet && !typedField(earlier, row)) offerUndo(draft, row.item);
}

/**
 * Six seconds to take the last change of an item back; its card offers it for as long as the draft is open.
 * @param {OpenDraft} draft
 * @param {string} code
 */
function offerUndo(draft, code) {
  toast({
    icon: "check",
    message: say("undo.changed", { x: nameOf(draft, code) }),
    act: say("common.undo"),
    onAct: () => undo(draft, code),
  });
}

/**
 * An item as it was before its last change.
 * @param {OpenDraft} draft
 * @param {string} code
 */
export function undo(draft, code) {
  const earlier = before(draft.row(code));
  if (!earlier) return;
  draft.put([earlier]);
  toast({ icon: "undo", message: say("undo.undone", { x: nameOf(draft, code) }) });
}

/**
 * The last change of all, by the keyboard; typing has an undo of its own.
 * @param {OpenDraft} draft
 * @param {KeyboardEvent} event
 */
export function undoByKey(draft, event) {
  const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
  const target = /** @type {HTMLElement} */ (event.target);
  if (!wanted || target.matches("textarea, input:not([type=checkbox])")) return;
  const [last] = [...draft.rows.values()]
    .map((row) => row.peek())
    .filter((row) => row.past?.length)
    .sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  if (!last) return;
  event.preventDefault();
  undo(draft, last.item);
}

/**
 * @param {OpenDraft} draft
 * @param {string} code
 */
function nameOf(draft, code) {
  const item = draft.items.get(code);
  return item ? numberOf(draft.rubric, item) : code;
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
  still.delete(nameIn(draft, item.code));
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
  if (next) return under(next.code);
  const end = document.querySelector(".form-body")?.lastElementChild;
  end?.scrollIntoView({ block: "end", behavior: behaviour() });
  focusOn(document.querySelector(".m-foot .btn--p"));
}

/**
 * Brings an item of the section on the screen under the thumb.
 * @param {string} code
 */
export function under(code) {
  const place = placeOf(code);
  place?.scrollIntoView({ block: "start", behavior: behaviour() });
  focusOn(place?.querySelector('[role="radio"], button'));
}

/** @param {Element | null | undefined} element */
function focusOn(element) {
  /** @type {HTMLElement | null | undefined} */ (element)?.focus({ preventScroll: true });
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
