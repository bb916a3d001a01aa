import { html } from "../../vendor/lit-html.js";

/**
 * A picture beside a word, never instead of one.
 * @param {string} name
 * @param {string} [size] "i--s" or "i--l"
 */
export function icon(name, size = "") {
  return html`<svg class="i ${size}" aria-hidden="true">
    <use href="icons/icons.svg#i-${name}"></use>
  </svg>`;
}
