import { html, nothing } from "../../../vendor/lit-html.js";
import { restored } from "../../sync/copy_states.js";
import { online, portal } from "../../sync/link.js";
import { unsent } from "../../sync/outbox.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { alarm } from "./alarms.js";

/** Facts about the whole page, one at a time, the worst first. */
export function banner() {
  const worse = alarm();
  if (worse !== nothing) return worse;
  if (restored.value.length) return restoredBanner(restored.value.length);
  if (portal.value) return portalBanner();
  return online.value ? nothing : offlineBanner();
}

/** @param {number} n */
function restoredBanner(n) {
  return html`<div class="banner banner--warn" role="status">
    ${icon("cloudok")}<span class="grow">${say("copy.restored", { n })}</span
    ><a class="end" href="#/restored">${say("copy.restored_look")}</a>
  </div>`;
}

/** A network that lets nothing through before somebody signs in to it. */
function portalBanner() {
  return html`<div class="banner banner--warn" role="status">
    ${icon("wifi")}<span class="grow"><b>${say("link.portal")}</b> ${say("link.portal_help")}</span>
  </div>`;
}

function offlineBanner() {
  const waiting = unsent.value.length;
  return html`<div class="banner banner--off" role="status">
    ${icon("offline")}<span class="grow"
      ><b>${say("common.offline")}</b> · ${say("common.offline_go")}</span
    >${
      waiting
        ? html`<a class="end" href="#/outbox">${say("outbox.n_unsent", { n: waiting })}</a>`
        : nothing
    }
  </div>`;
}
