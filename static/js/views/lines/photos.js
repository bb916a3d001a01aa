/** @import {DraftPhoto, LineDraft} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { stateOf } from "../../model/photo_state.js";
import { clock } from "../../model/when.js";
import { smallOf } from "../../store/photos.js";
import { addLinePhotos, deskBusy, deskFaults, removeLineFile } from "../../sync/line_desk.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { question } from "../../ui/question.js";
import { isBack, leaveAt } from "../drafts/came_back.js";
import { picture } from "../../ui/thumb.js";
import { told } from "../../ui/told.js";
import { vars } from "../../ui/vars.js";
import { say } from "../../wording/say.js";

/**
 * The photos of a draft, what stands beside them, and the ways to add one.
 * @param {LineDraft} draft
 * @param {{papers?: unknown, ways?: unknown}} [beside]
 */
export function linePhotos(draft, { papers = nothing, ways = nothing } = {}) {
  return html`<div class="photos">
      ${draft.photos.map((photo, n) => tile(draft, photo, n))} ${papers}
      ${Array.from({ length: deskBusy.value }, () => html`<div class="photo photo--busy" role="status">${icon("spinner")}<span class="sr">${say("line.photo_busy")}</span></div>`)}
      ${field(draft, "camera")} ${field(draft, "gallery")} ${ways}
    </div>
    ${faults(draft)}`;
}

/**
 * @param {LineDraft} draft
 * @param {DraftPhoto["origin"]} origin
 */
function field(draft, origin) {
  const album = origin === "gallery";
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(input.files ?? [])];
    input.value = "";
    isBack();
    void addLinePhotos(draft, files, origin);
  };
  return html`<label class="photo photo--add">
    <input
      class="sr"
      type="file"
      accept="image/*"
      capture=${album ? nothing : "environment"}
      ?multiple=${album}
      @click=${() => leaveAt(location.hash)}
      @cancel=${isBack}
      @change=${chosen}
    />
    ${icon(album ? "image" : "camera")}<span>${say(album ? "line.album" : "line.camera")}</span>
  </label>`;
}

/**
 * @param {LineDraft} draft
 * @param {DraftPhoto} photo
 * @param {number} n
 */
function tile(draft, photo, n) {
  const ask = () =>
    question({
      title: say("line.photo_drop_q"),
      help: say("line.photo_drop_help"),
      no: say("common.cancel"),
      yes: say("common.delete"),
      bad: true,
      onYes: () => void told(removeLineFile(draft, photo)),
    });
  const words = say("line.photo_n", { n: n + 1 });
  const bad = stateOf(uploads.value.get(photo.sha256)) === "refused";
  return html`<button class="photo ${bad ? "photo--bad" : ""}" @click=${ask}>
    ${picture(photo.sha256, () => smallOf(photo.sha256), words)} ${state(photo)}
  </button>`;
}

/**
 * A photo of something sent, to look at.
 * @param {DraftPhoto} photo
 * @param {number} n
 */
export function lineThumb(photo, n) {
  const words = say("line.photo_n", { n: n + 1 });
  return html`<span class="photo"
    >${picture(photo.sha256, () => smallOf(photo.sha256), words)} ${state(photo)}</span
  >`;
}

/** Where a photo is: how far it has travelled, or when it was taken. @param {DraftPhoto} photo */
function state({ sha256, taken_at, origin }) {
  const upload = uploads.value.get(sha256);
  const name = stateOf(upload);
  if (name === "refused" || name === "absent")
    return html`<span class="photo__s photo__s--refused"
      >${icon("alert")}${say("line.photo_refused")}</span
    >`;
  const when = origin === "camera" ? clock(taken_at) : say("line.album");
  if (name !== "sending") return html`<span class="photo__s">${when}</span>`;
  const { offset = 0, size = 1 } = upload ?? {};
  const share = Math.floor((100 * offset) / Math.max(1, size));
  return html`<span class="photo__s photo__s--sending"
      >${say("line.photo_share", { n: share })}</span
    ><span class="photo__p" aria-hidden="true"><i ${vars({ width: `${share}%` })}></i></span>`;
}

/** What is said of by its own words; all else cannot be opened. */
const FAULTS = new Set(["room", "most", "pdf", "pdf_large", "empty", "heic", "format"]);

/** @param {LineDraft} draft */
function faults({ id }) {
  const own = deskFaults.value.filter((one) => one.draft === id);
  if (!own.length) return nothing;
  return html`<div class="stack" role="alert">
    ${own.map(
      ({ name, reason }) =>
        html`<p class="banner banner--warn banner--r">
          ${icon("alert")}<span
            ><b>${name}</b>
            ${say(`line.fault_${FAULTS.has(reason) ? /** @type {"room"} */ (reason) : "picture"}`)}</span
          >
        </p>`,
    )}
  </div>`;
}
