import { html } from "../../vendor/lit-html.js";
import { icon } from "./icon.js";

/**
 * One less, the number, one more.
 * @param {{label: string, shown: unknown, less: string, more: string, canLess: boolean, canMore: boolean, onStep: (by: number) => void}} stepper
 */
export function stepper({ label, shown, less, more, canLess, canMore, onStep }) {
  return html`<div class="stepper" role="group" aria-label=${label}>
    <button aria-label=${less} ?disabled=${!canLess} @click=${() => onStep(-1)}>
      ${icon("minus")}
    </button>
    <output aria-live="polite">${shown}</output>
    <button aria-label=${more} ?disabled=${!canMore} @click=${() => onStep(1)}>
      ${icon("plus")}
    </button>
  </div>`;
}
