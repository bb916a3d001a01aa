/** @import {Editor} from "../editor.js" */
/** @import {Path} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { live } from "../../../vendor/lit-live.js";
import { at } from "../model/document.js";
import { faultsAt } from "../model/faults.js";
import { faultLines, idOf } from "./fields.js";

/**
 * One of a few words at a path of the draft.
 * @param {Editor} editor
 * @param {Path} path
 * @param {string} label
 * @param {readonly (readonly [string, string])[]} options value and words
 * @param {(value: string) => void} [choose]
 */
export function choice(editor, path, label, options, choose) {
  const value = String(at(editor.draft.value, path) ?? "");
  const known = options.some(([one]) => one === value);
  const bad = faultsAt(editor.faults.value, path).map(({ detail }) => detail);
  const chosen = (/** @type {Event} */ event) => {
    const picked = /** @type {HTMLSelectElement} */ (event.target).value;
    if (choose) choose(picked);
    else editor.change(path, picked || undefined);
  };
  return html`<label class="field"
    ><span class="lbl">${label}</span
    ><select
      class="input ${bad.length ? "input--bad" : ""}"
      id=${idOf(path)}
      aria-invalid=${bad.length > 0}
      aria-describedby=${bad.length ? `${idOf(path)}-why` : nothing}
      .value=${live(value)}
      @change=${chosen}
    >
      ${known ? nothing : html`<option value=${value} ?selected=${true}>${value || "—"}</option>`}
      ${options.map(
        ([one, words]) => html`<option value=${one} ?selected=${one === value}>${words}</option>`,
      )}</select
    >${faultLines(path, bad)}</label
  >`;
}

/**
 * Something that is so or is not.
 * @param {string} label
 * @param {string} help
 * @param {boolean} on
 * @param {() => void} flip
 */
export function toggle(label, help, on, flip) {
  return html`<div class="row toggle">
    <div class="grow fs14">
      ${label}${help ? html`<div class="fs12 faint">${help}</div>` : nothing}
    </div>
    <button
      type="button"
      class="switch ${on ? "switch--on" : ""}"
      role="switch"
      aria-checked=${on}
      aria-label=${label}
      @click=${flip}
    ></button>
  </div>`;
}
