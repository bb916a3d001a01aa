/** @import {OutboxRow, SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { thumbOf } from "../store/pictures.js";
import { uploads } from "../sync/uploads.js";
import { icon } from "../ui/icon.js";
import { picture } from "../ui/thumb.js";
import { say } from "../wording/say.js";

const PICTURES = /** @type {const} */ ({
  waiting: "outbox",
  sending: "upload",
  here: "cloudok",
  refused: "alert",
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
      ${slots.map((slot) => cell(slot, row.state === "complete"))}
    </ul>
  </section>`;
}

/**
 * @param {SlotRow} slot
 * @param {boolean} complete
 */
function cell(slot, complete) {
  const state = complete ? "here" : (uploads.value.get(slot.sha256)?.state ?? "waiting");
  const thumb = () => thumbOf(slot);
  return html`<li>
    <span class="photo ${state === "refused" ? "photo--bad" : ""}"
      >${picture(slot.sha256, thumb, say("score.evidence"))}</span
    ><span class="fs12 ${state === "here" ? "good" : "faint"}"
      >${icon(PICTURES[state], "i--s")} ${say(`photo.${state}`)}</span
    >
  </li>`;
}
