import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { offerRoom } from "./no_room.js";
import { dismiss, faults, homeless } from "./taking.js";

/**
 * Files an item was offered that became no photo, each with what to do, until somebody has read it.
 * @param {string} item
 */
export function photoFaults(item) {
  const mine = faults.value.filter((fault) => fault.item === item);
  const waiting = homeless.value.filter((taken) => taken.item === item).length;
  if (!mine.length && !waiting) return nothing;
  return html`<div class="stack" role="alert">
    ${mine.map(
      (fault) =>
        html`<div class="banner banner--warn banner--r">
          ${icon("alert")}<span class="grow"
            >${fault.name ? html`<b>${fault.name}</b> ` : nothing}${say(`photo.fault_${fault.reason}`)}</span
          ><button class="ib" aria-label=${say("common.close")} @click=${() => dismiss(fault)}>
            ${icon("x")}
          </button>
        </div>`,
    )}
    ${
      waiting
        ? html`<div class="banner banner--bad banner--r">
            ${icon("alert")}<span class="grow">${say("photo.no_room", { n: waiting })}</span
            ><button class="end link" @click=${offerRoom}>${say("room.open")}</button>
          </div>`
        : nothing
    }
  </div>`;
}
