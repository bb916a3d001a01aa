/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { hide, show } from "../../ui/overlay.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { leaveForCamera } from "../drafts/came_back.js";
import { photoInput } from "./fields.js";
import { itemChoices } from "./place.js";
import { takePhotos } from "./taking.js";

/**
 * A photo first, which item it shows afterwards. Until then it waits beside the items and holds up only the
 * submission.
 * @param {OpenDraft} draft
 */
export function quickPhoto(draft) {
  const taken = async (/** @type {File[]} */ files) => {
    await takePhotos(draft, "", files, "camera");
    placeNext(draft);
  };
  return html`<label class="btn btn--lg btn--icon">
    ${photoInput({ leave: () => leaveForCamera(draft), taken })} ${icon("camera", "i--l")}<span
      class="sr"
      >${say("score.photo_quick")}</span
    >
  </label>`;
}

/**
 * Asks where the first photo without an item belongs.
 * @param {OpenDraft} draft
 */
export function placeNext(draft) {
  const [slot] = draft.slotsOf("");
  if (!slot) return;
  show({
    kind: "sheet",
    title: say("photo.place_q"),
    close: say("common.later"),
    body: () => choices(draft, slot),
  });
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 */
function choices(draft, slot) {
  const then = (/** @type {Promise<void>} */ work) => {
    hide();
    void told(work.then(() => placeNext(draft)));
  };
  const put = (/** @type {string} */ item) => then(draft.move(slot, item));
  const drop = () => then(draft.remove(slot));
  return html`<div class="stack place-photo">
    ${itemChoices(draft, slot, put)}
    <button class="btn btn--dq btn--b" @click=${drop}>${icon("trash")}${say("photo.drop")}</button>
  </div>`;
}
