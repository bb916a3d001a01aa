/** @import {Report} from "./types.js" */

/**
 * The other windows one person has open on the same draft: each tells what it saved.
 * @param {string} account
 * @param {string} draft
 */
export function otherWindows(account, draft) {
  const name = `mingcha.rubric-draft.${account}.${draft}`;
  const line = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null;
  return {
    /** @param {Report} report */
    tell: (report) => line?.postMessage(report),
    /** @param {(report: Report) => void} hear */
    listen(hear) {
      line?.addEventListener("message", (event) => hear(event.data));
    },
  };
}
