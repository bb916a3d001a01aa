/** @import {SlotRow, UploadRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isAbsent } from "../../model/absent.js";
import { stateOf } from "../../model/photo_state.js";
import { dateClock } from "../../model/when.js";
import { pictureOf } from "../../store/pictures.js";
import { flush } from "../../sync/outbox.js";
import { sendAgain, uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { later } from "../../ui/later.js";
import { hide, show } from "../../ui/overlay.js";
import { picture } from "../../ui/thumb.js";
import { language, say } from "../../wording/say.js";
import { photoField } from "./fields.js";
import { moveElsewhere } from "./place.js";
import { removeWithUndo, withCopies } from "./removal.js";

/**
 * A photo large, with what is known of it and what can be done with it.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
export function lookAt(draft, slot, words) {
  const body = () =>
    html`<div class="stack">
      <div class="photo-large">
        ${picture(`large ${slot.sha256}`, () => pictureOf(slot), words)}
      </div>
      ${facts(slot, uploads.value.get(slot.sha256))}
      ${draft.isOpen.value ? deeds(draft, slot, words) : nothing}
    </div>`;
  show({ kind: "sheet", title: words, body, close: say("common.close") });
}

/**
 * @param {SlotRow} slot
 * @param {UploadRow | undefined} upload
 */
function facts(slot, upload) {
  return html`<dl class="kv">
      <dt>${say("photo.taken")}</dt>
      <dd class="num">${dateClock(slot.taken_at, language.value)}</dd>
      <dt>${say("photo.origin")}</dt>
      <dd>
        ${say(slot.origin === "camera" ? "score.photo" : "score.photo_album")}${
          slot.marked_from ? ` · ${say("photo.marked")}` : nothing
        }
      </dd>
      <dt>${say("photo.state")}</dt>
      <dd>${say(`photo.${stateOf(upload)}`)}</dd>
    </dl>
    ${upload?.state === "refused" ? refusal(upload) : nothing}`;
}

/** @param {UploadRow} upload */
function refusal(upload) {
  const { sha256, problem } = upload;
  if (isAbsent(upload))
    return html`<div class="banner banner--warn banner--r" role="alert">
      ${icon("alert")}<span>${say("photo.absent_help")}</span>
    </div>`;
  const again = async () => {
    await sendAgain([sha256]);
    await flush();
  };
  return html`<div class="banner banner--bad banner--r" role="alert">
    ${icon("alert")}<span class="grow"
      >${problem === "damaged" ? say("photo.damaged") : problem}</span
    ><button class="end link" @click=${again}>${say("photo.send_again")}</button>
  </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
function deeds(draft, slot, words) {
  const mark = async () => (await later(import("./mark_up.js")))?.markUp(draft, slot, words);
  const retaken = (/** @type {SlotRow[]} */ kept) => {
    if (!kept.length || kept[0]?.sha256 === slot.sha256) return;
    hide();
    void removeWithUndo(draft, withCopies(draft, slot));
  };
  const remove = () => {
    hide();
    void removeWithUndo(draft, withCopies(draft, slot));
  };
  const retake = { look: "btn", icon: "camera", words: say("photo.retake"), onKept: retaken };
  return html`<div class="photo-deeds">
    ${
      slot.marked_from
        ? nothing
        : html`<button class="btn" @click=${mark}>${icon("pen")}${say("photo.mark")}</button>
            ${photoField(draft, slot.item, "camera", retake)}`
    }
    <button class="btn" @click=${() => moveElsewhere(draft, slot)}>
      ${icon("arrowright")}${say("photo.move")}
    </button>
    <button class="btn btn--dq" @click=${remove}>${icon("trash")}${say("common.delete")}</button>
  </div>`;
}
