/** @import {OutboxRow, SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { stateOf } from "../../model/photo_state.js";
import { thumbOf } from "../../store/pictures.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { picture } from "../../ui/thumb.js";
import { say } from "../../wording/say.js";

const PICTURES = /** @type {const} */ ({
  waiting: "outbox",
  sending: "upload",
  here: "cloudok",
  refused: "alert",
  absent: "alert",
  unusable: "alert",
});

/**
 * Every photo of a visit with its own state.
 * @param {OpenDraft} draft
 * @param {OutboxRow} row
 */
export function photoStates(draft, row) {
  const named = new Set(row.photos);
  const slots = draft.slots.value.filter((slot) => named.has(slot.sha256));
  if (!slots.length) return nothing;
  return html`<section class="card card--pad">
    <h2 class="fs15">${say("outbox.photo_states")}</h2>
    <ul class="photo-grid">
      ${slots.map((slot) => cell(slot, standing(slot, row)))}
    </ul>
  </section>`;
}

/**
 * @param {SlotRow} slot
 * @param {OutboxRow} row
 * @returns {keyof typeof PICTURES}
 */
function standing({ sha256 }, row) {
  if (row.state === "complete") return "here";
  if (row.refused?.includes(sha256)) return "unusable";
  return stateOf(uploads.value.get(sha256));
}

/**
 * @param {SlotRow} slot
 * @param {keyof typeof PICTURES} state
 */
function cell(slot, state) {
  const thumb = () => thumbOf(slot);
  return html`<li>
    <span class="photo ${state === "refused" || state === "unusable" ? "photo--bad" : ""}"
      >${picture(slot.sha256, thumb, say("score.evidence"))}</span
    ><span class="fs12 ${state === "here" ? "good" : "faint"}"
      >${icon(PICTURES[state], "i--s")} ${say(`photo.${state}`)}</span
    >
  </li>`;
}
