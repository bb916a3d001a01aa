/** @import {CopyRow, ListedDraft} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { changeCopy, copiesOf } from "../store/draft_copies.js";
import { deviceId } from "./device.js";

/** How far the server's copy of each draft is, by visit. */
export const copies = signal(/** @type {ReadonlyMap<string, CopyRow>} */ (new Map()));

/** This phone's own id, once it is known. */
export const here = signal("");

/**
 * A draft brought back after the system cleared this phone: how old the copy was, and when the phone had saved
 * last where that is still known.
 * @typedef {{visit: string, store: string, changed_at: string, saved_at: string}} Restored
 */

/** What was brought back and not yet read by anybody. */
export const restored = signal(/** @type {readonly Restored[]} */ ([]));

/** Drafts of this account begun on another device, or before this sign-in: offered, not taken. */
export const offered = signal(/** @type {readonly ListedDraft[]} */ ([]));

/** @param {string} account */
export async function recallCopies(account) {
  here.value = await deviceId();
  copies.value = new Map((await copiesOf(account)).map((row) => [row.visit, row]));
}

/**
 * @param {{account: string, id: string}} visit
 * @param {(row: CopyRow) => CopyRow} change
 */
export async function noteCopy({ account, id }, change) {
  const row = await changeCopy(account, id, change);
  copies.value = new Map(copies.peek()).set(id, row);
}

/**
 * Whether another device goes on with a draft, so that it is only read here.
 * @param {string} visit
 */
export function isTakenOver(visit) {
  const owner = copies.value.get(visit)?.owner;
  return Boolean(owner && here.value && owner !== here.value);
}
