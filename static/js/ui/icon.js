import { html } from "../../vendor/lit-html.js";

/** Found from here, not from the page: the desks show pieces of the app on pages of their own. */
const SPRITE = new URL("../../icons/icons.svg", import.meta.url).pathname;

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
