/** @import {Editor} from "../editor.js" */
/** @import {Path} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { live } from "../../../vendor/lit-live.js";
import { icon } from "../../../js/ui/icon.js";
import { at } from "../model/document.js";
import { faultsAt, faultsOn } from "../model/faults.js";
import { language, other, say } from "../words.js";

/** How a field looks and what it takes.
 * @typedef {{hint?: string, rows?: number, help?: string, read?: (typed: string) => unknown, mode?: string, sign?: string, hidden?: boolean, look?: string}} Manner */

/** @param {Event} event */
const typedIn = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {Path} path */
export function idOf(path) {
  return `f-${path.join("-")}`;
}

/**
 * A line of text at a path of the draft.
 * @param {Editor} editor
 * @param {Path} path
 * @param {string} label
 * @param {Manner} [manner]
 */
export function field(editor, path, label, manner = {}) {
  const { read = oneLine, hidden = false, look = "" } = manner;
  const whys = faultsAt(editor.faults.value, path).map(({ detail }) => detail);
  const typed = (/** @type {Event} */ event) => editor.change(path, read(typedIn(event)), true);
  const value = at(editor.draft.value, path) ?? "";
  const shown = { value, bad: whys.length > 0, typed, manner };
  return html`<label class="field ${look}"
    ><span class=${hidden ? "sr" : "lbl"}>${label}</span>${
      manner.rows ? area(path, shown) : line(path, shown)
    }${helpLine(manner.help)}${faultLines(path, whys)}</label
  >`;
}

/** @param {string | undefined} help */
function helpLine(help) {
  return help ? html`<span class="help">${help}</span>` : nothing;
}

/** @typedef {{value: unknown, bad: boolean, typed: (event: Event) => void, manner: Manner}} Shown */

/**
 * @param {Path} path
 * @param {Shown} shown
 */
function line(path, { value, bad, typed, manner }) {
  return html`<span class="input ${bad ? "input--bad" : ""}"
    >${manner.sign ? html`<span class="faint" aria-hidden="true">${manner.sign}</span>` : nothing}<input
      id=${idOf(path)}
      autocomplete="off"
      inputmode=${manner.mode ?? nothing}
      placeholder=${manner.hint ?? nothing}
      aria-invalid=${bad}
      aria-describedby=${bad ? `${idOf(path)}-why` : nothing}
      .value=${live(String(value))}
      @input=${typed}
  /></span>`;
}

/**
 * @param {Path} path
 * @param {Shown} shown
 */
function area(path, { value, bad, typed, manner }) {
  return html`<textarea
    class="input ${bad ? "input--bad" : ""}"
    id=${idOf(path)}
    rows=${manner.rows ?? 2}
    aria-invalid=${bad}
    aria-describedby=${bad ? `${idOf(path)}-why` : nothing}
    .value=${live(String(value))}
    @input=${typed}
  ></textarea>`;
}

/**
 * Why the server does not take what a field says.
 * @param {Path} path
 * @param {readonly string[]} whys
 */
export function faultLines(path, whys) {
  if (!whys.length) return nothing;
  return html`<span class="help help--bad" id="${idOf(path)}-why"
    >${icon("alert", "i--s")}<span>${whys.join(" ")}</span></span
  >`;
}

/**
 * What is wrong with a part as a whole, where no field of it says so.
 * @param {Editor} editor
 * @param {Path} path
 */
export function ownFaults(editor, path) {
  return faultLines(
    path,
    faultsOn(editor.faults.value, path).map(({ detail }) => detail),
  );
}

/** A rubric's texts are single lines. @param {string} typed */
function oneLine(typed) {
  return typed.replace(/[\r\n]+/g, " ");
}

/**
 * Points as people type them: a comma or a full-width sign for the point, a dash for the sign.
 * @param {string} typed
 */
function pointsTyped(typed) {
  return typed
    .normalize("NFKC")
    .trim()
    .replace(/[,\u3002]/g, ".")
    .replace(/^[\u2212\u2013]/, "-");
}

/** @param {string} typed */
function wholeTyped(typed) {
  const digits = typed.normalize("NFKC").trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : digits;
}

/**
 * @param {Editor} editor
 * @param {Path} path
 * @param {string} label
 * @param {Manner} [manner]
 */
export function pointsField(editor, path, label, manner = {}) {
  return field(editor, path, label, { mode: "decimal", read: pointsTyped, ...manner });
}

/**
 * @param {Editor} editor
 * @param {Path} path
 * @param {string} label
 * @param {Manner} [manner]
 */
export function wholeField(editor, path, label, manner = {}) {
  return field(editor, path, label, { mode: "numeric", read: wholeTyped, ...manner });
}

/**
 * One wording in both languages, the reader's first.
 * @param {Editor} editor
 * @param {Path} path
 * @param {string} label
 * @param {Manner} [manner]
 */
export function wordsField(editor, path, label, manner = {}) {
  return [language, other].map((tongue) =>
    field(editor, [...path, tongue], say(`in_${tongue}`, { x: label }), manner),
  );
}
