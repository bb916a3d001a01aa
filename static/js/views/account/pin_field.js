import { html } from "../../../vendor/lit-html.js";
import { LONGEST } from "../../model/pin_rules.js";
import { TooSoon, WrongPin } from "../../store/pin.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/**
 * One PIN to be typed, never kept by the browser's own memory for passwords.
 * @param {{name: string, label: string, first?: boolean}} field
 */
export function pinField({ name, label, first = false }) {
  return html`<label class="field"
    ><span>${label}</span
    ><span class="input input--l input--pin"
      >${icon("lock")}<input
        name=${name}
        type="password"
        inputmode="numeric"
        autocomplete="off"
        maxlength=${LONGEST}
        ?autofocus=${first}
        required /></span
  ></label>`;
}

/**
 * What keeps a PIN from opening anything.
 * @param {unknown} error
 */
export function wordsFor(error) {
  if (error instanceof WrongPin) return say("lock.wrong");
  if (error instanceof TooSoon) return say("lock.wait", { t: span(error.wait) });
  return say("lock.unread");
}

/** @param {number} milliseconds */
function span(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 90) return say("lock.seconds", { n: seconds });
  return say("lock.minutes", { n: Math.ceil(seconds / 60) });
}
