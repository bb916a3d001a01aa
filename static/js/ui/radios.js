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
