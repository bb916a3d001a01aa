import { html } from "../../../vendor/lit-html.js";
import { hide, show } from "../../ui/overlay.js";
import { say } from "../../wording/say.js";
import { signInForm } from "./sign_in.js";

/** Asks for the password over whatever is on the screen; the work stays open, and is sent once somebody is in again. */
export function askToSignIn() {
  const done = () => {
    hide();
    // The server has just answered: whatever waits for a network goes on.
    dispatchEvent(new Event("online"));
  };
  const body = () =>
    html`<p class="muted fs14">${say("session.expired_help")}</p>
      ${signInForm(done)}`;
  show({ kind: "sheet", title: say("session.expired_title"), body, close: say("common.close") });
}
