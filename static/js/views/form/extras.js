/** @import {AnswerRow, Item, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { LONGEST_NOTE } from "../../model/answer_row.js";
import { phrasesOf } from "../../model/phrases.js";
import { needsEvidence } from "../../model/blockers.js";
import { plain } from "../../model/points.js";
import { clock } from "../../model/when.js";
import { icon } from "../../ui/icon.js";
import { say, text } from "../../wording/say.js";
import { edit, undo } from "../answers/answering.js";

/**
 * What can be added to an answer with a tap: mended on the spot, words of the rubric, when it was seen, and the way
 * back to what it said before.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function extras(draft, section, item, row) {
  const isLoss = row.verdict === "loss";
  if (!isLoss && !row.observed_at && !row.past?.length) return phrases(draft, section, item, row);
  return html`${phrases(draft, section, item, row)}
    <div class="row row--wrap">
      ${isLoss ? mended(draft, section, row) : nothing} ${seenAt(draft, section, row)}
      ${back(draft, row)}
    </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {AnswerRow} row
 */
function mended(draft, section, row) {
  const { spot_refund } = draft.rubric;
  return html`<button
    class="chip"
    aria-pressed=${row.corrected_on_spot}
    @click=${() => edit(draft, section, { ...row, corrected_on_spot: !row.corrected_on_spot })}
  >
    ${icon("check", "i--s")}${say("spot.label")}${
      spot_refund
        ? html`<b class="only-open">${say("spot.refund", { n: plain(spot_refund * 100) })}</b>`
        : nothing
    }
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {AnswerRow} row
 */
function seenAt(draft, section, row) {
  if (!row.observed_at) return nothing;
  return html`<button
    class="chip"
    aria-label="${say("cap.seen_at", { t: clock(row.observed_at) })} ${say("cap.seen_off")}"
    @click=${() => edit(draft, section, { ...row, observed_at: "" })}
  >
    ${icon("clock", "i--s")}<span class="num"
      >${say("cap.seen_at", { t: clock(row.observed_at) })}</span
    >${icon("x", "i--s")}
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {AnswerRow} row
 */
function back(draft, row) {
  if (!row.past?.length) return nothing;
  return html`<button class="chip chip--quiet" @click=${() => undo(draft, row.item)}>
    ${icon("undo", "i--s")}${say("undo.back")}
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
function phrases(draft, section, item, row) {
  if (!needsEvidence(item, row)) return nothing;
  const offered = phrasesOf(item, row, text, (x) => say("phrase.unmet", { x }));
  if (!offered.length) return nothing;
  const add = (/** @type {string} */ phrase) => {
    const note = [row.note.trim(), phrase].filter(Boolean).join(" ").slice(0, LONGEST_NOTE);
    edit(draft, section, { ...row, note }, true);
  };
  return html`<div class="chips chips--x" role="group" aria-label=${say("phrase.label")}>
    ${offered.map(
      (phrase) =>
        html`<button class="chip chip--quiet" @click=${() => add(phrase)}>
          ${icon("plus", "i--s")}${phrase}
        </button>`,
    )}
  </div>`;
}
