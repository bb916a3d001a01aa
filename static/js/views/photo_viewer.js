/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html } from "../../vendor/lit-html.js";
import { clock, date } from "../model/when.js";
import { pictureOf } from "../store/pictures.js";
import { uploads } from "../sync/uploads.js";
import { icon } from "../ui/icon.js";
import { hide, question, show } from "../ui/overlay.js";
import { picture } from "../ui/thumb.js";
import { language, say } from "../wording/say.js";

/**
 * A photo large, with what is known of it.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
export function lookAt(draft, slot, words) {
  const body = () => {
    const upload = uploads.value.get(slot.sha256);
    return html`<div class="stack">
      <div class="photo-large">
        ${picture(`large ${slot.sha256}`, () => pictureOf(slot), words)}
      </div>
      <dl class="kv">
        <dt>${say("photo.taken")}</dt>
        <dd class="num">${date(slot.taken_at, language.value)} ${clock(slot.taken_at)}</dd>
        <dt>${say("photo.origin")}</dt>
        <dd>${say(slot.origin === "camera" ? "score.photo" : "score.photo_album")}</dd>
        <dt>${say("photo.state")}</dt>
        <dd>${say(`photo.${upload?.state ?? "waiting"}`)}</dd>
      </dl>
      <button class="btn btn--dq btn--b" @click=${() => askToRemove(draft, slot)}>
        ${icon("trash")}${say("common.delete")}
      </button>
    </div>`;
  };
  show({ kind: "sheet", title: words, body, close: say("common.close") });
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 */
function askToRemove(draft, slot) {
  hide();
  question({
    title: say("photo.remove_q"),
    help: say("photo.remove_help"),
    no: say("common.cancel"),
    yes: say("common.delete"),
    bad: true,
    onYes: () => void draft.remove(slot),
  });
}
