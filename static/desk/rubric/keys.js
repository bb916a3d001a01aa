/** @import {Editor} from "./editor.js" */

/**
 * Steps back and forth by the keyboard. Fields of the editor keep no undo of their own: what is typed is drawn
 * from the draft, so the draft's own steps are the true ones everywhere.
 * @param {Editor} editor
 * @param {KeyboardEvent} event
 */
export function undoByKey(editor, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const work = STEPS[`${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`];
  if (!work) return;
  event.preventDefault();
  work(editor);
}

/** @type {Record<string, (editor: Editor) => boolean>} */
const STEPS = {
  z: (editor) => editor.undo(),
  "shift+z": (editor) => editor.redo(),
  y: (editor) => editor.redo(),
};
