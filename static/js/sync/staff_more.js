import { effect } from "../../vendor/signals-core.js";
import { recallInbox, refreshInbox } from "./inbox.js";
import { recallCheck } from "./self_check.js";
import { onTheirWay } from "./sendings.js";
import { account } from "./session.js";
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

let waiting = 0;

// What arrived may have become something these lists show.
effect(() => {
  const { length } = onTheirWay.value;
  const id = account.peek()?.id;
  // One under way may have been asked before.
  if (id && length < waiting) void Promise.resolve(underway).then(() => lookAtMore(id));
  waiting = length;
});
