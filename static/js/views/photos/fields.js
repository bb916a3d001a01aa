/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { isBack, leaveForCamera } from "../drafts/came_back.js";
import { takePhotos } from "./taking.js";

/** @typedef {{look: string, icon: string, words: string, onKept?: (kept: SlotRow[]) => void}} Field */

/**
 * A real file field: it opens the camera or the album without a script's help, and knows where one was.
 * @param {{leave: () => void, taken: (files: File[]) => unknown, album?: boolean, several?: boolean}} field
 */
export function photoInput({ leave, taken, album = false, several = false }) {
  const chosen = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(field.files ?? [])];
    field.value = "";
    isBack();
    void taken(files);
  };
  return html`<input
    class="sr"
    type="file"
    accept="image/*"
    capture=${album ? nothing : "environment"}
    ?multiple=${several}
    @click=${leave}
    @cancel=${isBack}
    @change=${chosen}
  />`;
}

/**
 * A tile or a button over a file field, for the photos of one item.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {SlotRow["origin"]} origin
 * @param {Field} field
 */
export function photoField(draft, item, origin, { look, icon: sign, words, onKept }) {
  const album = origin === "gallery";
  const leave = () => leaveForCamera(draft, item);
  const taken = async (/** @type {File[]} */ files) => {
    const kept = await takePhotos(draft, item, files, origin);
    onKept?.(kept);
  };
  return html`<label class=${look}>
    ${photoInput({ leave, taken, album, several: album && !onKept })}
    ${icon(sign, look.startsWith("chip") ? "i--s" : "")}<span>${words}</span>
  </label>`;
}
