import { html } from "../../vendor/lit-html.js";

/**
 * A line of settings that is on or off.
 * @param {{words: string, help: string, on: boolean, busy?: boolean, tap: () => unknown}} cell
 */
export function switchCell({ words, help, on, busy = false, tap }) {
  return html`<button
    class="cell"
    role="switch"
    aria-checked=${on}
    aria-busy=${busy}
    ?disabled=${busy}
    @click=${() => void tap()}
  >
    <span class="grow">${words}<small>${help}</small></span
    ><span class="switch ${on ? "switch--on" : ""}"></span>
  </button>`;
}
