/** @import {Item, SlotRow, UploadRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { inOrder } from "../model/answer_row.js";
import { clock } from "../model/when.js";
import { thumbOf } from "../store/pictures.js";
import { uploads } from "../sync/uploads.js";
import { icon } from "../ui/icon.js";
import { picture } from "../ui/thumb.js";
import { vars } from "../ui/vars.js";
import { say, text } from "../wording/say.js";
import { shrinking, takePhotos } from "./photo_taking.js";
import { lookAt } from "./photo_viewer.js";

/**
 * The photos of one item, and the two ways to add one.
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {boolean} needed
 * @param {boolean} [small] where a photo is welcome but not asked for
 */
export function photoStrip(draft, item, needed, small = false) {
  const slots = inOrder(draft.slotsOf(item.code));
  const busy = shrinking.value.get(item.code) ?? 0;
  const bare = small && !slots.length;
  return html`<div class="photos ${bare ? "photos--bare" : ""}">
    ${slots.map((slot, index) => tile(draft, slot, say("photo.alt", { x: text(item.title), n: index + 1 })))}
    ${Array.from({ length: busy }, () => html`<div class="photo photo--busy" role="status">${icon("spinner")}<span class="sr">${say("photo.busy")}</span></div>`)}
    ${adder(draft, item.code, "camera", needed, bare, say(slots.length ? "score.photo_more" : "score.photo"))}
    ${slots.length && !bare ? nothing : adder(draft, item.code, "gallery", false, bare, say("score.photo_album"))}
  </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
function tile(draft, slot, words) {
  const upload = uploads.value.get(slot.sha256);
  const bad = upload?.state === "refused";
  return html`<button
    class="photo ${bad ? "photo--bad" : ""}"
    @click=${() => lookAt(draft, slot, words)}
  >
    ${picture(slot.sha256, () => thumbOf(slot), words)}
    ${upload?.state === "sending" ? bar(upload) : html`<span class="photo__s">${mark(upload)}${clock(slot.taken_at)}</span>`}
  </button>`;
}

/** @param {UploadRow | undefined} upload */
function mark(upload) {
  const known = { waiting: "outbox", sending: "upload", here: "cloudok", refused: "alert" };
  const state = upload?.state ?? "waiting";
  return html`${icon(known[state])}<span class="sr">${say(`photo.${state}`)}</span>`;
}

/** @param {UploadRow} upload */
function bar({ offset, size }) {
  const share = Math.round((100 * offset) / Math.max(1, size));
  return html`<span class="photo__s">${say("photo.share", { n: share })}</span
    ><span class="photo__p" aria-hidden="true"><i ${vars({ width: `${share}%` })}></i></span>`;
}

/**
 * A real file field under the tile: it opens the camera or the album without a script's help.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {SlotRow["origin"]} origin
 * @param {boolean} needed
 * @param {boolean} bare
 * @param {string} words
 */
function adder(draft, item, origin, needed, bare, words) {
  const chosen = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    void takePhotos(draft, item, [...(field.files ?? [])], origin);
    field.value = "";
  };
  const camera = origin === "camera";
  return html`<label
    class="${bare ? "chip" : "photo photo--add"} ${needed && camera ? "photo--need" : ""}"
  >
    <input
      class="sr"
      type="file"
      accept="image/*"
      capture=${camera ? "environment" : nothing}
      ?multiple=${!camera}
      @change=${chosen}
    />
    ${icon(camera ? "camera" : "image", bare ? "i--s" : "")}<span>${words}</span>
  </label>`;
}
