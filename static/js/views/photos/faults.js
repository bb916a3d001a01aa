/** @import {OpenDraft} from "../../store/open_draft.js" */
/** @import {Fault} from "../../sync/taking.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { dismiss, faults, homeless, ofVisit, shrinking } from "../../sync/taking.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { offerRoom } from "./no_room.js";

/**
 * Files an item was offered that became no photo, each with what to do, until somebody has read it.
 * @param {OpenDraft} draft
 * @param {string} item "" for what was offered without an item
 */
export function photoFaults(draft, item) {
  const mine = ofVisit(faults.value, draft, item);
  const waiting = ofVisit(homeless.value, draft, item).length;
  if (!mine.length && !waiting) return nothing;
  return html`<div class="stack" role="alert">${mine.map(refused)} ${noRoom(waiting)}</div>`;
}

/**
 * Photos of a visit only memory holds: until they are kept it cannot be submitted.
 * @param {OpenDraft} draft
 */
export function photosWaiting(draft) {
  const busy = ofVisit(shrinking.value, draft).length;
  return html`${noRoom(ofVisit(homeless.value, draft).length)}
  ${
    busy
      ? html`<div class="banner banner--off banner--r" role="status">
          ${icon("spinner")}<span>${say("check.photos_busy", { n: busy })}</span>
        </div>`
      : nothing
  }`;
}

/** @param {Fault} fault */
function refused(fault) {
  return html`<div class="banner banner--warn banner--r">
    ${icon("alert")}<span class="grow"
      >${fault.name ? html`<b>${fault.name}</b> ` : nothing}${say(`photo.fault_${fault.reason}`)}</span
    ><button class="ib" aria-label=${say("common.close")} @click=${() => dismiss(fault)}>
      ${icon("x")}
    </button>
  </div>`;
}

/** @param {number} n */
function noRoom(n) {
  if (!n) return nothing;
  return html`<div class="banner banner--bad banner--r">
    ${icon("alert")}<span class="grow">${say("photo.no_room", { n })}</span
    ><button class="end link" @click=${offerRoom}>${say("room.open")}</button>
  </div>`;
}
