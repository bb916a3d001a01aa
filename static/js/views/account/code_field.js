import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { learn, say } from "../../wording/say.js";

/** The field for the code of a second step, with its words: few phones ever need it. */
export async function prepared() {
  await learn("lock");
  return codeField;
}

function codeField() {
  return html`<div class="field">
    <label class="lbl" for="code">${say("session.code")}</label
    ><span class="input input--l"
      >${icon("key")}<input
        id="code"
        class="num"
        name="code"
        aria-describedby="code-help"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        maxlength="40"
        required
        autofocus
    /></span>
    <p class="help" id="code-help">${say("session.code_help")}</p>
  </div>`;
}
