/** @import {Answer} from "../../../js/types.js" */
/** @import {Doc, Spot} from "../types.js" */

/** What the editor tells the frame, and the frame the editor.
 * @typedef {{kind: "draft", draft: Doc} | {kind: "look", spot: Spot} | {kind: "clear"} | {kind: "ready"} | {kind: "answers", answers: Answer[]}} Message */

/**
 * Listens to one window of our own pages.
 * @param {() => Window | null | undefined} from
 * @param {(message: Message) => void} hear
 */
export function listen(from, hear) {
  const heard = (/** @type {MessageEvent} */ event) => {
    if (event.origin === location.origin && event.source === from()) hear(event.data);
  };
  addEventListener("message", heard);
  return () => removeEventListener("message", heard);
}

/**
 * @param {Window | null | undefined} to
 * @param {Message} message
 */
export function tell(to, message) {
  to?.postMessage(message, location.origin);
}
