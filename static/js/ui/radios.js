import { html } from "../../vendor/lit-html.js";

/**
 * Arrow keys in a radio group: the next radio is focused and chosen, as people know it from forms.
 * @param {KeyboardEvent} event
 */
export function onArrow(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const group = /** @type {HTMLElement} */ (event.currentTarget);
  const radios = /** @type {HTMLElement[]} */ ([
    ...group.querySelectorAll('[role="radio"]:not([disabled])'),
  ]);
  const at = radios.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = radios[(at + step + radios.length) % radios.length];
  event.preventDefault();
  next?.focus();
  next?.click();
}

/**
 * Only one radio of a group is in the tab order: the chosen one, or the first.
 * @param {boolean} chosen
 * @param {boolean} first
 * @param {boolean} any whether some radio of the group is chosen
 */
export function tabStop(chosen, first, any) {
  return chosen || (first && !any) ? "0" : "-1";
}

/**
 * One of a few, side by side; one is always chosen.
 * @template {string | number} T
 * @param {{label: string, options: readonly (readonly [T, string])[], chosen: T, choose: (value: T) => unknown}} segment
 */
export function segment({ label, options, chosen, choose }) {
  return html`<div class="seg" role="radiogroup" aria-label=${label} @keydown=${onArrow}>
    ${options.map(
      ([value, words]) =>
        html`<button
          role="radio"
          aria-checked=${value === chosen}
          tabindex=${tabStop(value === chosen, false, true)}
          @click=${() => void choose(value)}
        >
          ${words}
        </button>`,
    )}
  </div>`;
}
