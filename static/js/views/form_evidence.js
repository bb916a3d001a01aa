/** @import {AnswerRow, Blocker, Item, Section} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { needsEvidence } from "../model/blockers.js";
import { icon } from "../ui/icon.js";
import { say } from "../wording/say.js";
import { edit } from "./answering.js";
import { photoStrip } from "./photo_strip.js";

/** Visits the store knows of: a record cannot stand in for a photo there. */
const ANNOUNCED = new Set(["self_check", "peer_check"]);

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
  const change = (/** @type {Partial<AnswerRow>} */ facts) =>
    edit(draft, section, { ...row, ...facts });
  const written = item.evidence === "record" || item.evidence === "note";
  return html`${written ? nothing : photoPart(draft, item, lacking)}
  ${note(item, row, lacking, change)}
  ${item.evidence === "photo" && !photos ? instead(draft, row, lacking, change) : nothing}
  ${written ? photoStrip(draft, item, false, true) : nothing}`;
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {Blocker["code"] | null} lacking
 */
function photoPart(draft, item, lacking) {
  const photos = draft.slotsOf(item.code).length;
  const asked = item.evidence === "photo";
  const cue = !asked
    ? nothing
    : lacking === "photo"
      ? html`<span class="cue cue--need end"
          >${icon("alert", "i--s")}${say("score.evidence_need")}</span
        >`
      : html`<span class="cue cue--ok end"
          >${icon("check", "i--s")}${photos ? say("score.photos_n", { n: photos }) : say("form.record_stands_in")}</span
        >`;
  return html`<div>
    <div class="row evid"><span class="fs13 faint">${say("score.evidence")}</span>${cue}</div>
    ${photoStrip(draft, item, lacking === "photo")}
  </div>`;
}

/**
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {Blocker["code"] | null} lacking
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
function note(item, row, lacking, change) {
  const key = item.evidence === "record" ? "form.record" : "score.note";
  const hint = item.evidence === "record" ? "form.record_hint" : "form.note_hint";
  const need = lacking === "record" || lacking === "note";
  const typed = (/** @type {Event} */ event) =>
    change({ note: /** @type {HTMLTextAreaElement} */ (event.target).value });
  const field =
    item.evidence === "record"
      ? html`<textarea
          class="input ${need ? "input--need" : ""}"
          rows="2"
          maxlength="500"
          placeholder=${say(hint)}
          .value=${row.note}
          @input=${typed}
        ></textarea>`
      : html`<span class="input ${need ? "input--need" : ""}"
          >${icon("note")}<input
            maxlength="500"
            placeholder=${say(hint)}
            .value=${row.note}
            @input=${typed}
        /></span>`;
  return html`<label class="field"
    ><span class=${need ? "cue cue--need" : item.evidence === "record" ? "" : "sr"}
      >${need ? icon("alert", "i--s") : nothing}${say(need ? `form.${lacking}_need` : key)}</span
    >${field}</label
  >`;
}

/**
 * A record with a reason, where a photo would give the inspector away.
 * @param {OpenDraft} draft
 * @param {AnswerRow} row
 * @param {Blocker["code"] | null} lacking
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
function instead(draft, row, lacking, change) {
  if (ANNOUNCED.has(draft.visit.peek().visit_kind)) return nothing;
  const typed = (/** @type {Event} */ event) =>
    change({ reason: /** @type {HTMLInputElement} */ (event.target).value });
  return html`<details class="instead" ?open=${row.reason !== "" && lacking === "photo"}>
    <summary class="link">${say("form.no_photo")}</summary>
    <p class="help">${say("form.no_photo_help")}</p>
    <label class="field"
      ><span>${say("form.no_photo_why")}</span
      ><span class="input"><input maxlength="500" .value=${row.reason} @input=${typed} /></span
    ></label>
  </details>`;
}
