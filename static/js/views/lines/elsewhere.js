import { html } from "../../../vendor/lit-html.js";
import { hold, holdDraft } from "../../sync/hold.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/**
 * Whether another window writes what is held under a name.
 * @param {string} name
 */
export function isElsewhere(name) {
  return hold.value.visit === name && hold.value.by === "another";
}

/** @param {string} name */
export function elsewhere(name) {
  const take = () => void holdDraft(name, { steal: true });
  return html`<div class="banner banner--warn banner--r" role="status">
    ${icon("copy")}<span class="grow">${say("line.elsewhere")}</span
    ><button class="end link" @click=${take}>${say("line.go_on_here")}</button>
  </div>`;
}
