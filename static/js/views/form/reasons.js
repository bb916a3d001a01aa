/** @import {Key} from "../../wording/say.js" */
import { html } from "../../../vendor/lit-html.js";
import { LONGEST_NOTE } from "../../model/answer_row.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/** Why an item is set apart, as people say it most. */
export const REASONS = /** @type {const} */ ({
  na: ["form.na_none_here", "form.na_closed"],
  not_observed: ["form.unseen_no_chance", "form.unseen_too_risky"],
});

/**
 * Reasons to tap, and a field for one of one's own.
 * @param {readonly Key[]} offered
 * @param {string} reason as it is now
 * @param {(reason: string) => void} change
 */
export function reasonField(offered, reason, change) {
  const typed = (/** @type {Event} */ event) =>
    change(/** @type {HTMLInputElement} */ (event.target).value);
  return html`<div class="chips" role="group" aria-label=${say("form.reasons")}>
      ${offered.map((key) => {
        const words = say(key);
        return html`<button
          class="chip"
          aria-pressed=${reason === words}
          @click=${() => change(words)}
        >
          ${words}
        </button>`;
      })}
    </div>
    <label class="field"
      ><span class="sr">${say("form.reason")}</span
      ><span class="input ${reason.trim() ? "" : "input--need"}"
        >${icon("note")}<input
          maxlength=${LONGEST_NOTE}
          placeholder=${say("form.reason_hint")}
          .value=${reason}
          @input=${typed} /></span
    ></label>`;
}
