/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html } from "../../vendor/lit-html.js";
import { isOn } from "../model/blockers.js";
import { numberOf } from "../model/numbering.js";
import { thumbOf } from "../store/pictures.js";
import { icon } from "../ui/icon.js";
import { hide, show } from "../ui/overlay.js";
import { picture } from "../ui/thumb.js";
import { say, text } from "../wording/say.js";
import { takePhotos } from "./photo_taking.js";

/**
 * A photo first, which item it shows afterwards. Until then it waits beside the items and holds up only the
 * submission.
 * @param {OpenDraft} draft
 */
export function quickPhoto(draft) {
  const chosen = async (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(field.files ?? [])];
    field.value = "";
    await takePhotos(draft, "", files, "camera");
    placeNext(draft);
  };
  return html`<label class="btn btn--lg btn--icon">
    <input class="sr" type="file" accept="image/*" capture="environment" @change=${chosen} />
    ${icon("camera", "i--l")}<span class="sr">${say("score.photo_quick")}</span>
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
  const put = async (/** @type {string} */ item) => {
    hide();
    await draft.move(slot, item);
    placeNext(draft);
  };
  const drop = async () => {
    hide();
    await draft.remove(slot);
    placeNext(draft);
  };
  return html`<div class="stack place-photo">
    <div class="photo photo--l">
      ${picture(slot.sha256, () => thumbOf(slot), say("photo.unplaced"))}
    </div>
    ${draft.rubric.sections.map(
      (section) =>
        html`<h3 class="sect-t">${text(section.title)}</h3>
          <div class="cells">
            ${section.items
              .filter((item) => isOn(item, draft.features))
              .map(
                (item) =>
                  html`<button class="cell" @click=${() => put(item.code)}>
                    <span class="item__n">${numberOf(draft.rubric, item)}</span
                    ><span class="grow">${text(item.title)}</span>
                  </button>`,
              )}
          </div>`,
    )}
    <button class="btn btn--dq btn--b" @click=${drop}>${icon("trash")}${say("photo.drop")}</button>
  </div>`;
}
