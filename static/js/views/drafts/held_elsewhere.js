import { html } from "../../../vendor/lit-html.js";
import { isTakenOver } from "../../sync/copy_states.js";
import { holdDraft } from "../../sync/hold.js";
import { account } from "../../sync/session.js";
import { backHead } from "../../ui/frame.js";
import { empty } from "../../ui/states.js";
import { say } from "../../wording/say.js";
import { load } from "./desk.js";

/**
 * What the form and the check show while another window, or another device, has the draft.
 * @param {string} visit
 */
export function heldElsewhere(visit) {
  const shown = isTakenOver(visit) ? onAnotherDevice(visit) : inAnotherWindow(visit);
  return html`${backHead({ title: say("history.record"), back: "#/tasks" })}
    <main id="main" class="ctr">${empty("err", shown)}</main>`;
}

/** @param {string} visit */
function inAnotherWindow(visit) {
  const action = html`<button class="btn btn--p" @click=${() => void takeOver(visit)}>
    ${say("form.use_here")}
  </button>`;
  return { title: say("form.elsewhere"), help: say("form.elsewhere_help"), action };
}

/** @param {string} visit */
function onAnotherDevice(visit) {
  const action = html`<a class="btn btn--p" href="#/visits/${visit}/versions"
    >${say("copy.compare")}</a
  >`;
  return { title: say("copy.taken"), help: say("copy.taken_help"), action };
}

/** @param {string} visit */
async function takeOver(visit) {
  await holdDraft(visit, { steal: true });
  await load(account.peek()?.id ?? "", visit);
}
