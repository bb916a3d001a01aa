import { html } from "../../vendor/lit-html.js";

/**
 * The page of the app has the pictures in it: a browser takes a file of them apart anew for every tap that shows
 * one. The desks show pieces of the app on pages without them; there they are found from here.
 */
const HERE = globalThis.document?.getElementById("icons");
const SPRITE = HERE ? "" : new URL("../../icons/icons.svg", import.meta.url).pathname;

/**
 * A picture beside a word, never instead of one.
 * @param {string} name
 * @param {string} [size] "i--s" or "i--l"
 */
export function icon(name, size = "") {
  return html`<svg class="i ${size}" aria-hidden="true">
    <use href="${SPRITE}#i-${name}"></use>
  </svg>`;
}
