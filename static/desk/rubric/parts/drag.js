/** @import {Spot} from "../types.js" */
import { signal } from "../../../vendor/signals-core.js";

/** What is being dragged just now, and over what it hangs. */
export const dragged = signal(/** @type {Spot | null} */ (null));
export const over = signal(/** @type {Spot | null} */ (null));

/** @param {Spot | null} one @param {Spot | null} two */
function isSame(one, two) {
  return one?.section === two?.section && one?.item === two?.item;
}

/** @param {Spot} spot */
export function isOver(spot) {
  return isSame(over.value, spot);
}

/** @param {DragEvent} event @param {Spot} spot */
export function begin(event, spot) {
  dragged.value = spot;
  event.dataTransfer?.setData("text/plain", "");
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
}

/**
 * @param {DragEvent} event
 * @param {Spot} spot
 */
export function hang(event, spot) {
  if (!dragged.peek()) return;
  event.preventDefault();
  if (!isSame(over.peek(), spot)) over.value = spot;
}

export function end() {
  dragged.value = null;
  over.value = null;
}

/**
 * @param {DragEvent} event
 * @param {(from: Spot) => void} work
 */
export function drop(event, work) {
  const from = dragged.peek();
  event.preventDefault();
  end();
  if (from) work(from);
}
