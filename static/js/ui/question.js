import { html, nothing } from "../../vendor/lit-html.js";
import { hide, show } from "./overlay.js";

/**
 * Asks before something that cannot be taken back. The title is a question, the buttons are verbs.
 * @param {{title: string, help: string, no: string, yes: string, bad?: boolean, onYes: () => void}} question
 */
export function question({ title, help, no, yes, bad = false, onYes }) {
  const agree = () => {
    hide();
    onYes();
  };
  const body = () =>
    html`<div class="dialog__b dialog__b--more"><p>${help}</p></div>
      <div class="dialog__f">
        <button @click=${hide}>${no}</button
        ><button class=${bad ? "bad" : nothing} @click=${agree}>${yes}</button>
      </div>`;
  show({ kind: "dialog", title, body, close: no });
}
