/** @import {Item, SlotRow, UploadRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { stateOf } from "../../model/photo_state.js";
import { inOrder } from "../../model/answer_row.js";
import { thumbOf } from "../../store/pictures.js";
import { ofVisit, shrinking } from "../../sync/taking.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { later } from "../../ui/later.js";
import { hasLens } from "../../ui/lens.js";
import { picture } from "../../ui/thumb.js";
import { vars } from "../../ui/vars.js";
import { say, text } from "../../wording/say.js";
import { photoFaults } from "./faults.js";
import { photoField } from "./fields.js";
import { lookAt } from "./viewer.js";

/**
 * The photos of one item, and the ways to add one.
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {boolean} needed
 * @param {boolean} [small] where a photo is welcome but not asked for
 */
export function photoStrip(draft, item, needed, small = false) {
  const slots = inOrder(draft.slotsOf(item.code));
  const busy = ofVisit(shrinking.value, draft, item.code).length;
  const bare = small && !slots.length && !busy;
  return html`<div class="photos ${bare ? "photos--bare" : ""}">
      ${slots.map((slot, index) => tile(draft, slot, wordsFor(slot, item, index)))}
      ${Array.from({ length: busy }, () => html`<div class="photo photo--busy" role="status">${icon("spinner")}<span class="sr">${say("photo.busy")}</span></div>`)}
      ${adders(draft, item, needed, bare, slots.length > 0)}
    </div>
    ${photoFaults(draft, item.code)}`;
}

/**
 * @param {SlotRow} slot
 * @param {Item} item
 * @param {number} index
 */
function wordsFor(slot, item, index) {
  const facts = { x: text(item.title), n: index + 1 };
  return say(slot.marked_from ? "photo.alt_marked" : "photo.alt", facts);
}

/**
 * The system's camera, the album, and the camera inside the page where the browser has one.
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {boolean} needed
 * @param {boolean} bare
 * @param {boolean} more
 */
function adders(draft, item, needed, bare, more) {
  const look = bare ? "chip" : "photo photo--add";
  const need = needed ? "photo--need" : "";
  const shot = say(more ? "score.photo_more" : "score.photo");
  const album = { look, icon: "image", words: say("score.photo_album") };
  const open = async () => (await later(import("./camera.js")))?.openCamera(draft, item);
  return html`${photoField(draft, item.code, "camera", { look: `${look} ${need}`, icon: "camera", words: shot })}
  ${
    hasLens()
      ? html`<button class=${look} @click=${open}>
          ${icon("layers", bare ? "i--s" : "")}<span>${say("camera.open")}</span>
        </button>`
      : nothing
  }
  ${photoField(draft, item.code, "gallery", album)}`;
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
function tile(draft, slot, words) {
  const upload = uploads.value.get(slot.sha256);
  const bad = stateOf(upload) === "refused";
  return html`<button
    class="photo ${bad ? "photo--bad" : ""}"
    @click=${() => lookAt(draft, slot, words)}
  >
    ${picture(slot.sha256, () => thumbOf(slot), words)}
    ${slot.marked_from ? html`<span class="photo__m">${icon("pen")}</span>` : nothing}
    ${state(upload)}
  </button>`;
}

const SIGNS = {
  waiting: "phone",
  sending: "upload",
  here: "cloudok",
  refused: "alert",
  absent: "alert",
};

/**
 * Where a photo is, as a sign and in words.
 * @param {UploadRow | undefined} upload
 */
function state(upload) {
  const name = stateOf(upload);
  if (name !== "sending")
    return html`<span class="photo__s photo__s--${name}"
      >${icon(SIGNS[name])}${say(`photo.tile_${name}`)}</span
    >`;
  const { offset = 0, size = 1 } = upload ?? {};
  const share = Math.floor((100 * offset) / Math.max(1, size));
  return html`<span class="photo__s photo__s--sending"
      >${icon(SIGNS.sending)}${say("photo.share", { n: share })}</span
    ><span class="photo__p" aria-hidden="true"><i ${vars({ width: `${share}%` })}></i></span>`;
}
