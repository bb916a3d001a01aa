/** @import {AnswerRow, Item, Section, Verdict} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { edit, judge } from "../answers/answering.js";

const REASONS = /** @type {const} */ ({
  na: ["form.na_none_here", "form.na_closed"],
  not_observed: ["form.unseen_no_chance", "form.unseen_too_risky"],
});

/**
 * Not applicable, or not observed: which of the two, and why.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function apart(draft, section, item, row) {
  const kind = row.verdict === "na" ? "na" : "not_observed";
  const reasons = REASONS[kind].map((key) => say(key));
  const typed = (/** @type {Event} */ event) =>
    edit(draft, section, { ...row, reason: /** @type {HTMLInputElement} */ (event.target).value });
  return html`${item.na === "allowed" ? which(draft, section, item, row) : nothing}
    <div class="chips" role="group" aria-label=${say("form.reasons")}>
      ${reasons.map(
        (reason) =>
          html`<button
            class="chip"
            aria-pressed=${row.reason === reason}
            @click=${() => edit(draft, section, { ...row, reason })}
          >
            ${reason}
          </button>`,
      )}
    </div>
    <label class="field"
      ><span class="sr">${say("form.reason")}</span
      ><span class="input ${row.reason.trim() ? "" : "input--need"}"
        >${icon("note")}<input
          maxlength="500"
          placeholder=${say("form.reason_hint")}
          .value=${row.reason}
          @input=${typed} /></span
    ></label>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
function which(draft, section, item, row) {
  const both = /** @type {const} */ ([
    ["na", "score.na"],
    ["not_observed", "score.not_observed"],
  ]);
  return html`<div
    class="seg"
    role="radiogroup"
    aria-label=${say("score.result")}
    @keydown=${onArrow}
  >
    ${both.map(
      ([verdict, key]) =>
        html`<button
          role="radio"
          aria-checked=${row.verdict === verdict}
          tabindex=${tabStop(row.verdict === verdict, false, true)}
          @click=${() => judge(draft, section, item, verdict)}
        >
          ${say(key)}
        </button>`,
    )}
  </div>`;
}
