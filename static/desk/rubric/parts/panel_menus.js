/** @import {Editor} from "../editor.js" */
/** @import {Spot} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { copyItem, move, nudge, remove } from "../deeds.js";
import { neighbour, sectionsOf } from "../model/spots.js";
import { say, text } from "../words.js";

/**
 * What can be done with an item as a whole.
 * @param {Editor} editor
 * @param {Spot} spot
 */
export function itemMenu(editor, spot) {
  return menu([
    ...steps(editor, spot),
    act("copy", say("copy"), () => copyItem(editor, spot)),
    elsewhere(editor, spot),
    act("trash", say("remove"), () => remove(editor, spot), "btn--dq"),
  ]);
}

/**
 * @param {Editor} editor
 * @param {Spot} spot
 */
export function sectionMenu(editor, spot) {
  return menu([
    ...steps(editor, spot),
    act("trash", say("remove_section"), () => remove(editor, spot), "btn--dq"),
  ]);
}

/**
 * @param {Editor} editor
 * @param {Spot} spot
 */
function steps(editor, spot) {
  const draft = editor.draft.value;
  return [
    neighbour(draft, spot, -1) ? act("arrowup", say("up"), () => nudge(editor, spot, -1)) : nothing,
    neighbour(draft, spot, 1)
      ? act("arrowdown", say("down"), () => nudge(editor, spot, 1))
      : nothing,
  ];
}

/** @param {readonly unknown[]} entries */
function menu(entries) {
  const close = (/** @type {KeyboardEvent} */ event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary")?.focus();
  };
  return html`<details class="ed-menu" @keydown=${close}>
    <summary class="ib" aria-label=${say("more")}>${icon("more")}</summary>
    <div class="ed-menu__b card">${entries}</div>
  </details>`;
}

/**
 * @param {string} sign
 * @param {string} words
 * @param {() => void} work
 * @param {string} [look]
 */
function act(sign, words, work, look = "") {
  const done = (/** @type {Event} */ event) => {
    const details = /** @type {HTMLElement} */ (event.currentTarget).closest("details");
    if (details) details.open = false;
    work();
  };
  return html`<button type="button" class="cell ${look}" @click=${done}>
    ${icon(sign)}${words}
  </button>`;
}

/**
 * To the end of another section.
 * @param {Editor} editor
 * @param {Spot} spot
 */
function elsewhere(editor, spot) {
  const sections = sectionsOf(editor.draft.value);
  if (sections.length < 2) return nothing;
  const chosen = (/** @type {Event} */ event) => {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    if (select.value === "") return;
    move(editor, spot, { section: Number(select.value), item: null });
    select.value = "";
  };
  return html`<label class="cell ed-menu__to"
    >${icon("arrowright")}<span class="grow"
      ><span class="sr">${say("move_to")}</span
      ><select class="input" @change=${chosen}>
        <option value="">${say("move_to")}</option>
        ${sections.map((section, place) =>
          place === spot.section
            ? nothing
            : html`<option value=${place}>${text(section.title) || say("unnamed")}</option>`,
        )}
      </select></span
    ></label
  >`;
}
