import { html } from "../../vendor/lit-html.js";
import { holdDraft } from "../sync/hold.js";
import { account } from "../sync/session.js";
import { backHead } from "../ui/frame.js";
import { empty } from "../ui/states.js";
import { say } from "../wording/say.js";
import { load } from "./desk.js";

/**
 * What the form and the check show while another window has the draft.
 * @param {string} visit
 */
export function heldElsewhere(visit) {
  const action = html`<button class="btn btn--p" @click=${() => void takeOver(visit)}>
    ${say("form.use_here")}
  </button>`;
  return html`${backHead({ title: say("history.record"), back: "#/tasks" })}
    <main id="main" class="ctr">
      ${empty("err", { title: say("form.elsewhere"), help: say("form.elsewhere_help"), action })}
    </main>`;
}

/** @param {string} visit */
async function takeOver(visit) {
  await holdDraft(visit, { steal: true });
  await load(account.peek()?.id ?? "", visit);
}
