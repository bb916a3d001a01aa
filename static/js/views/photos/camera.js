/** @import {Item} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
/** @import {Lens} from "../../ui/lens.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { inOrder } from "../../model/answer_row.js";
import { numberOf } from "../../model/numbering.js";
import { thumbOf } from "../../store/pictures.js";
import { ofVisit, shrinking } from "../../sync/taking.js";
import { icon } from "../../ui/icon.js";
import { lens } from "../../ui/lens.js";
import { hide, show } from "../../ui/overlay.js";
import { styled } from "../../ui/styled.js";
import { picture } from "../../ui/thumb.js";
import { say, text } from "../../wording/say.js";
import { notePlace } from "../drafts/came_back.js";
import { photoField } from "./fields.js";
import { takePhotos } from "./taking.js";

/** Thumbnails shown; the older ones are in the form. */
const LATEST = 12;

/**
 * Fills the screen with the camera, for any number of photos of one item.
 * @param {OpenDraft} draft
 * @param {Item} item
 */
export async function openCamera(draft, item) {
  await styled("camera");
  notePlace(draft, item.code);
  const camera = lens();
  const seen = () => {
    if (document.visibilityState === "visible") void camera.start();
    else camera.stop();
  };
  addEventListener("visibilitychange", seen);
  addEventListener("hashchange", hide, { once: true });
  const onClose = () => {
    removeEventListener("visibilitychange", seen);
    removeEventListener("hashchange", hide);
    camera.stop();
  };
  const title = say("camera.title", { x: text(item.title) });
  const body = () => screen(draft, item, camera);
  show({ kind: "full", title, body, close: say("common.close"), onClose });
  await camera.start();
  requestAnimationFrame(() => {
    // Disabled until now, it could not have the focus.
    const shutter = /** @type {HTMLElement | null} */ (document.querySelector(".cam__shot"));
    shutter?.focus({ preventScroll: true });
  });
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {Lens} camera
 */
function screen(draft, item, camera) {
  const take = async () => {
    const blob = await camera.shoot().catch(() => null);
    if (!blob) return;
    camera.shots.value += 1;
    await takePhotos(draft, item.code, [new File([blob], "", { type: blob.type })], "camera");
  };
  const open = camera.state.value === "open";
  const dim = camera.dim.value;
  const anywhere = dim && open ? take : nothing;
  return html`<div class="cam ${dim ? "cam--dim" : ""}">
    <p class="cam__what clip">${numberOf(draft.rubric, item)} ${text(item.title)}</p>
    <div class="cam__view" @click=${anywhere}>
      ${camera.video}${open ? nothing : trouble(draft, item, camera)}
    </div>
    ${taken(draft, item, camera)}
    <div class="cam__bar">
      <button class="cam__done" @click=${hide}>${say("camera.done")}</button>
      <button
        class="cam__shot"
        aria-label=${say("camera.shoot")}
        aria-busy=${camera.shooting.value}
        ?disabled=${!open}
        @click=${take}
      ></button>
      <div class="cam__side">${lamp(camera)}${dimmer(camera)}</div>
    </div>
  </div>`;
}

/** @param {Lens} camera */
function lamp(camera) {
  const lit = camera.torch.value;
  if (lit === null) return nothing;
  return html`<button
    class="cam__ib"
    aria-label=${say("camera.torch")}
    aria-pressed=${lit}
    @click=${() => camera.flipTorch()}
  >
    ${icon("torch")}
  </button>`;
}

/** @param {Lens} camera */
function dimmer({ dim }) {
  const flip = () => {
    dim.value = !dim.value;
  };
  return html`<button
    class="cam__ib"
    aria-label=${say("camera.dim")}
    aria-pressed=${dim.value}
    @click=${flip}
  >
    ${icon(dim.value ? "eyeoff" : "eye")}
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {Lens} camera
 */
function taken(draft, item, camera) {
  const slots = inOrder(draft.slotsOf(item.code)).reverse();
  const busy = ofVisit(shrinking.value, draft, item.code).length;
  const shots = camera.shots.value;
  const counted = { n: slots.length + busy, m: shots };
  return html`<div class="cam__taken">
    <p class="cam__n" role="status">
      ${say(shots ? "camera.counted_now" : "camera.counted", counted)}
    </p>
    <ul class="cam__strip">
      ${Array.from({ length: busy }, () => html`<li class="photo photo--busy">${icon("spinner")}<span class="sr">${say("photo.busy")}</span></li>`)}
      ${slots
        .slice(0, LATEST)
        .map(
          (slot, at) =>
            html`<li class="photo">
              ${picture(slot.sha256, () => thumbOf(slot), say("photo.alt", { x: text(item.title), n: slots.length - at }))}
            </li>`,
        )}
    </ul>
  </div>`;
}

/**
 * Why there is no picture, and the way around it: the system's own camera and the album.
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {Lens} camera
 */
function trouble(draft, item, camera) {
  const state = camera.state.value;
  if (state === "opening" || state === "open")
    return html`<p class="cam__wait" role="status">${icon("spinner")} ${say("camera.opening")}</p>`;
  const album = { look: "btn", icon: "image", words: say("score.photo_album") };
  return html`<div class="cam__trouble">
    <p role="alert"><b>${say(`camera.${state}`)}</b></p>
    <p>${say(`camera.${state}_help`)}</p>
    <div class="row row--wrap">
      <button class="btn" @click=${() => camera.start()}>
        ${icon("refresh")}${say("common.retry")}
      </button>
      ${photoField(draft, item.code, "camera", { ...album, icon: "camera", words: say("score.photo") })}
      ${photoField(draft, item.code, "gallery", album)}
    </div>
  </div>`;
}
