/** @import {Editor} from "../editor.js" */
/** @import {Fault} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { nameOf } from "../deeds.js";
import { pathOf, spotAt } from "../model/faults.js";
import { goTo } from "../steps.js";
import { say } from "../words.js";
import { idOf } from "./fields.js";

/**
 * Everything the server would not publish, each a way to its field.
 * @param {Editor} editor
 */
export function faultList(editor) {
  const faults = editor.faults.value;
  if (!faults.length) return nothing;
  return html`<details class="card ed-faults">
    <summary>${icon("alert", "i--s")}<span>${say("n_faults", { n: faults.length })}</span></summary>
    <ul>
      ${faults.map(
        (fault) =>
          html`<li>
            <button type="button" class="link" @click=${() => lead(editor, fault)}>
              ${placed(editor, fault)}</button
            ><span> ${fault.detail}</span>
          </li>`,
      )}
    </ul>
  </details>`;
}

/**
 * @param {Editor} editor
 * @param {Fault} fault
 */
function placed(editor, fault) {
  const spot = spotAt(pathOf(fault.path));
  return spot ? nameOf(editor, spot) : say("whole_card");
}

/**
 * Shows the field a fault is about, and puts the focus there.
 * @param {Editor} editor
 * @param {Fault} fault
 */
function lead(editor, fault) {
  const spot = spotAt(pathOf(fault.path));
  if (spot) editor.choose(spot);
  else editor.panel.value = "card";
  goTo("panel");
  const path = pathOf(fault.path);
  requestAnimationFrame(() => {
    const within = document.querySelector(`.ed-panel [id^="${idOf(path)}"]`);
    const found = within?.matches("input, textarea, select") ? within : null;
    const target =
      found ?? document.querySelector(".ed-panel [aria-invalid=true], .ed-panel input");
    target?.closest("details")?.setAttribute("open", "");
    /** @type {HTMLElement | null} */ (target)?.focus();
  });
}
