/** @import {AnswerRow, Blocker, Item, Section} from "../../types.js" */
/** @import {Key} from "../../wording/say.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { LONGEST_NOTE } from "../../model/answer_row.js";
import { mayRecordInstead, needsEvidence } from "../../model/blockers.js";
import { icon } from "../../ui/icon.js";
import { preferences } from "../../ui/preferences.js";
import { say } from "../../wording/say.js";
import { edit } from "../answers/answering.js";
import { photoStrip } from "../photos/strip.js";

/** @typedef {(facts: Partial<AnswerRow>) => void} Change */

/**
 * In discreet mode no word on the screen says that marks are lost.
 * @param {Key} open
 * @param {Key} discreet
 */
function quiet(open, discreet) {
  return preferences.value.discreet ? discreet : open;
}

/**
 * Photos and words that prove what was found. What is missing is asked for here and blocks only the submission.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {Blocker["code"] | null} lacking
 */
export function evidence(draft, section, item, row, lacking) {
  const photos = draft.slotsOf(item.code).length;
  if (!needsEvidence(item, row)) return photos ? photoStrip(draft, item, false) : nothing;
  /** @type {Change} */
  const change = (facts) => edit(draft, section, { ...row, ...facts });
  if (item.evidence === "record" || item.evidence === "note")
    return html`${
      item.evidence === "record"
        ? record(row, lacking === "record", change)
        : note(row, lacking === "note", change)
    }${photoStrip(draft, item, false, true)}`;
  return html`${photoPart(draft, item, lacking === "photo")} ${note(row, false, change)}
  ${item.evidence === "photo" && !photos ? instead(draft, row, change) : nothing}`;
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {boolean} lacking
 */
function photoPart(draft, item, lacking) {
  return html`<div>
    <div class="row evid">
      <span class="fs13 faint">${say(quiet("score.evidence", "form.photos"))}</span>${
        item.evidence === "photo" ? cue(draft.slotsOf(item.code).length, lacking) : nothing
      }
    </div>
    ${photoStrip(draft, item, lacking)}
  </div>`;
}

/**
 * @param {number} photos
 * @param {boolean} lacking
 */
function cue(photos, lacking) {
  if (lacking)
    return html`<span class="cue cue--need end"
      >${icon("alert", "i--s")}${say(quiet("score.evidence_need", "form.lacking"))}</span
    >`;
  const words = photos ? say("score.photos_n", { n: photos }) : say("form.record_stands_in");
  return html`<span class="cue cue--ok end">${icon("check", "i--s")}${words}</span>`;
}

/**
 * @param {AnswerRow} row
 * @param {boolean} needed
 * @param {Change} change
 */
function note(row, needed, change) {
  const typed = (/** @type {Event} */ event) =>
    change({ note: /** @type {HTMLInputElement} */ (event.target).value });
  return html`<label class="field"
    ><span class=${needed ? "cue cue--need" : "sr"}
      >${needed ? icon("alert", "i--s") : nothing}${say(needed ? quiet("form.note_need", "form.lacking_note") : "score.note")}</span
    ><span class="input ${needed ? "input--need" : ""}"
      >${icon("note")}<input
        maxlength=${LONGEST_NOTE}
        placeholder=${say("form.note_hint")}
        .value=${row.note}
        @input=${typed} /></span
  ></label>`;
}

/**
 * @param {AnswerRow} row
 * @param {boolean} needed
 * @param {Change} change
 */
function record(row, needed, change) {
  const typed = (/** @type {Event} */ event) =>
    change({ note: /** @type {HTMLTextAreaElement} */ (event.target).value });
  return html`<label class="field"
    ><span class=${needed ? "cue cue--need" : ""}
      >${needed ? icon("alert", "i--s") : nothing}${say(needed ? quiet("form.record_need", "form.lacking_record") : "form.record")}</span
    ><textarea
      class="input ${needed ? "input--need" : ""}"
      rows="2"
      maxlength=${LONGEST_NOTE}
      placeholder=${say("form.record_hint")}
      .value=${row.note}
      @input=${typed}
    ></textarea>
  </label>`;
}

/**
 * A record with a reason, where a photo would give the inspector away.
 * @param {OpenDraft} draft
 * @param {AnswerRow} row
 * @param {Change} change
 */
function instead(draft, row, change) {
  if (!mayRecordInstead(draft.visitKind)) return nothing;
  const typed = (/** @type {Event} */ event) =>
    change({ reason: /** @type {HTMLInputElement} */ (event.target).value });
  return html`<details class="instead" ?open=${row.reason !== ""}>
    <summary class="link">${say("form.no_photo")}</summary>
    <p class="help">${say("form.no_photo_help")}</p>
    <label class="field"
      ><span>${say("form.no_photo_why")}</span
      ><span class="input"
        ><input maxlength=${LONGEST_NOTE} .value=${row.reason} @input=${typed} /></span
    ></label>
  </details>`;
}
