/** @import {KeptHere} from "./model/keeping.js" */

/**
 * What this browser keeps of a draft until the server has it: for one account, so that nobody else at the same
 * desk takes it up.
 * @param {string} account
 * @param {string} draft
 */
export function keptHere(account, draft) {
  const key = `mingcha.rubric-draft.${account}.${draft}`;
  return {
    /** @returns {KeptHere | null} */
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },

    /**
     * @param {KeptHere} kept
     * @returns {boolean} whether the browser took it
     */
    keep(kept) {
      try {
        localStorage.setItem(key, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },

    forget() {
      try {
        localStorage.removeItem(key);
      } catch {
        // Storage refused: there is nothing to forget.
      }
    },
  };
}
