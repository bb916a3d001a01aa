import { html, nothing } from "../../../vendor/lit-html.js";
import { applyUpdate, updateReady } from "../../sync/worker.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/** A new version waits until somebody taps: never in the middle of a visit by itself. */
export function updateBar() {
  if (!updateReady.value) return nothing;
  return html`<div class="banner update-bar" role="status">
    ${icon("download")}<span class="grow">${say("app.update")}</span
    ><button class="end link" @click=${applyUpdate}>${say("app.update_now")}</button>
  </div>`;
}
