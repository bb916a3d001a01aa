/** @import {Editor} from "./editor.js" */
/** @import {Spot} from "./types.js" */
import {
  addItem,
  addSection,
  duplicateItem,
  moveItem,
  moveSection,
  removeItem,
  removeSection,
} from "./model/shaping.js";
import { itemAt, landing, neighbour, numberOf, sectionsOf } from "./model/spots.js";
import { tell } from "./parts/said.js";
import { say, text } from "./words.js";

/**
 * The number and the name of what stands at a spot.
 * @param {Editor} editor
 * @param {Spot} spot
 */
export function nameOf(editor, spot) {
  const draft = editor.draft.peek();
  const named = itemAt(draft, spot) ?? sectionsOf(draft)[spot.section];
  const name = text(named?.title) || say("unnamed");
  return spot.item === null ? name : `${numberOf(spot)} ${name}`;
}

/** Puts the focus where the change is, once it is drawn. @param {string} selector */
function focusOn(selector) {
  requestAnimationFrame(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
  });
}

/** @param {Editor} editor */
export function newSection(editor) {
  editor.shape(addSection);
  editor.choose(editor.spot.peek(), "section");
  focusOn(".ed-panel input");
}

/** @param {Editor} editor @param {number} section */
export function newItem(editor, section) {
  editor.shape((draft) => addItem(draft, section));
  editor.choose(editor.spot.peek(), "item");
  focusOn(".ed-panel textarea, .ed-panel input");
}

/** @param {Editor} editor @param {Spot} spot */
export function copyItem(editor, spot) {
  editor.shape((draft) => duplicateItem(draft, spot));
  editor.choose(editor.spot.peek(), "item");
  tell(say("copied", { x: nameOf(editor, spot) }));
}

/**
 * Takes an item or a whole section away; it comes back with one tap.
 * @param {Editor} editor
 * @param {Spot} spot
 */
export function remove(editor, spot) {
  const name = nameOf(editor, spot);
  editor.shape((draft) =>
    spot.item === null ? removeSection(draft, spot.section) : removeItem(draft, spot),
  );
  editor.choose(editor.spot.peek());
  tell(say("removed", { x: name }), say("undo"), () => void editor.undo());
}

/**
 * @param {Editor} editor
 * @param {Spot} from
 * @param {Spot} to where it stands afterwards; an item on a section goes to its end
 */
export function move(editor, from, to) {
  const place = landing(editor.draft.peek(), from, to);
  const stays = from.section === to.section && (from.item ?? place.item) === place.item;
  if (stays) return;
  editor.shape((draft) =>
    from.item === null
      ? moveSection(draft, from.section, to.section)
      : moveItem(draft, from, place),
  );
  const now = editor.spot.peek();
  editor.choose(now);
  tell(say("moved", { x: nameOf(editor, now) }), say("undo"), () => void editor.undo());
}

/**
 * One place up or down; nothing past the ends.
 * @param {Editor} editor
 * @param {Spot} spot
 * @param {-1 | 1} by
 */
export function nudge(editor, spot, by) {
  const to = neighbour(editor.draft.peek(), spot, by);
  if (!to) return;
  move(editor, spot, to);
  focusOn(`[data-grip="${numberOf(to)}"]`);
}

/**
 * Arrow keys on a handle move what it belongs to.
 * @param {Editor} editor
 * @param {Spot} spot
 * @param {KeyboardEvent} event
 */
export function nudgeByKey(editor, spot, event) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  nudge(editor, spot, by === 1 ? 1 : -1);
}
