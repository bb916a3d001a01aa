import { recallInbox, refreshInbox } from "./inbox.js";
import { recallCheck } from "./self_check.js";
import { recallAppeals, refreshAppeals } from "./store_appeals.js";
import "./verdict_pictures.js";

/** What lies behind the first screen of store staff: kept to be read offline, and brought up to date. */

/** Whose copies were read from this phone. */
let recalled = "";

/** @type {Promise<void> | null} */
let underway = null;

/**
 * Shows what is here, then what the server has by now. A look that is under way is the same look.
 * @param {string} id the account
 */
export function lookAtMore(id) {
  underway ??= look(id).finally(() => {
    underway = null;
  });
  return underway;
}

/** @param {string} id */
async function look(id) {
  if (recalled !== id)
    await Promise.allSettled([recallInbox(id), recallAppeals(id), recallCheck(id)]);
  recalled = id;
  await Promise.allSettled([refreshInbox(id), refreshAppeals(id)]);
}

/**
 * Another look after the one under way, which may have been asked before what this one is about. Throws where the
 * appeals could not be fetched.
 * @param {string} id the account
 */
export async function lookAgain(id) {
  await underway;
  void refreshInbox(id).catch(() => undefined);
  await refreshAppeals(id);
}
