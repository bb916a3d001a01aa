/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { isBack, leaveForCamera } from "../drafts/came_back.js";
import { takePhotos } from "./taking.js";

/** @typedef {{look: string, icon: string, words: string, onKept?: (kept: SlotRow[]) => void}} Field */

/**
 * A real file field under a tile or button: it opens the camera or the album without a script's help.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {SlotRow["origin"]} origin
 * @param {Field} field
 */
export function photoField(draft, item, origin, { look, icon: sign, words, onKept }) {
  const camera = origin === "camera";
  const chosen = async (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(field.files ?? [])];
    field.value = "";
    isBack();
    const kept = await takePhotos(draft, item, files, origin);
    onKept?.(kept);
  };
  return html`<label class=${look}>
    <input
      class="sr"
      type="file"
      accept="image/*"
      capture=${camera ? "environment" : nothing}
      ?multiple=${!camera && !onKept}
      @click=${() => leaveForCamera(draft, item)}
      @cancel=${isBack}
      @change=${chosen}
    />
    ${icon(sign, look.startsWith("chip") ? "i--s" : "")}<span>${words}</span>
  </label>`;
}
