/** @import {KeptHere} from "./model/keeping.js" */

/**
 * What this browser keeps of a draft until the server has it: for one account, so that nobody else at the same
 * desk takes it up, and for each window, so that none writes over what another has not saved yet.
 * @param {string} account
 * @param {string} draft
 */
export function keptHere(account, draft) {
  const copies = `mingcha.rubric-draft.${account}.${draft}`;
  const own = `${copies}.${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  /** Another window's, taken up here. @type {string | null} */
  let taken = null;
  return {
    /** The copy kept last; one window's, if it has ended without saving. @returns {KeptHere | null} */
    read() {
      try {
        const latest = everyCopy(copies).sort((a, b) => (a.kept.at < b.kept.at ? 1 : -1))[0];
        taken = latest?.key ?? null;
        return latest?.kept ?? null;
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
        localStorage.setItem(own, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },

    forget() {
      try {
        localStorage.removeItem(own);
        if (taken) localStorage.removeItem(taken);
        taken = null;
      } catch {
        // Storage refused: there is nothing to forget.
      }
    },
  };
}

/** @param {string} copies how their keys begin */
function everyCopy(copies) {
  return Object.keys(localStorage)
    .filter((key) => key === copies || key.startsWith(`${copies}.`))
    .flatMap((key) => {
      const kept = asKept(localStorage.getItem(key));
      return kept ? [{ key, kept }] : [];
    });
}

/** @param {string | null} text @returns {KeptHere | null} */
function asKept(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
