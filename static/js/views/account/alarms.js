import { html, nothing } from "../../../vendor/lit-html.js";
import { cleared, outgrown, storageFault } from "../../store/database.js";
import { account, standing } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { askToSignIn } from "./sign_in_sheet.js";

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
