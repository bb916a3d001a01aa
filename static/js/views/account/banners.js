import { html, nothing } from "../../../vendor/lit-html.js";
import { cleared, outgrown, storageFault } from "../../store/database.js";
import { restored } from "../../sync/copy_states.js";
import { online, portal } from "../../sync/link.js";
import { unsent } from "../../sync/outbox.js";
import { account, standing } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { askToSignIn } from "./sign_in_sheet.js";

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

/** Only what keeps something from being saved or sent; being offline does not. */
export function alarm() {
  if (outgrown.value) return reloadBanner();
  if (storageFault.value) return storageBanner(storageFault.value);
  if (cleared.value === "written again") return clearedBanner();
  if (account.value && standing.value === "out") return signInBanner();
  return nothing;
}

function reloadBanner() {
  return html`<div class="banner banner--warn" role="alert">
    ${icon("alert")}<span class="grow">${say("app.outgrown")}</span
    ><button class="end link" @click=${() => location.reload()}>${say("app.reload")}</button>
  </div>`;
}

/** @param {string} fault */
function storageBanner(fault) {
  const full = fault === "QuotaExceededError";
  return html`<div class="banner banner--bad" role="alert">
    ${icon("alert")}<span
      ><b>${say("storage.title")}</b> ${say(full ? "storage.full" : "storage.refused")}</span
    >
  </div>`;
}

function clearedBanner() {
  const read = () => {
    cleared.value = "no";
  };
  return html`<div class="banner banner--bad" role="alert">
    ${icon("alert")}<span class="grow"
      ><b>${say("storage.cleared")}</b> ${say("storage.cleared_help")}</span
    ><button class="end link" @click=${read}>${say("common.close")}</button>
  </div>`;
}

function signInBanner() {
  return html`<div class="banner banner--warn" role="status">
    ${icon("lock")}<span class="grow">${say("session.expired")}</span
    ><button class="end link" @click=${askToSignIn}>${say("session.sign_in")}</button>
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
