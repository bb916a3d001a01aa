/** @import {SendingRow} from "../types.js" */
import { isOnItsWay } from "../model/sending_moves.js";
import { within } from "./database.js";
import { dropRows, rowsOf } from "./sealed_rows.js";

const WEEK = 7 * 86_400_000;

/** Stores that hold something of store staff. */
export const STAFFS = /** @type {const} */ (["notices", "pictures", "replies", "sendings"]);

/**
 * Lets go of what arrived a week ago; what did not arrive stays, however old it is.
 * @param {string} account
 * @param {number} now
 */
export async function releaseSendings(account, now) {
  const rows = /** @type {SendingRow[]} */ (await rowsOf("sendings", account));
  const over = rows.filter(
    (row) => !isOnItsWay(row) && now - Date.parse(row.receipt?.received_at ?? "") > WEEK,
  );
  await dropRows(
    "sendings",
    over.map((row) => row.id),
  );
}

/**
 * Whether store staff still have something here that the server has not confirmed.
 * @param {string} account
 */
export async function staffsUnsent(account) {
  const sendings = /** @type {SendingRow[]} */ (await rowsOf("sendings", account));
  const replies = await rowsOf("replies", account);
  return sendings.filter(isOnItsWay).length + replies.length;
}

/**
 * Takes everything of one of the staff off the phone.
 * @param {string} account
 */
export async function eraseStaffs(account) {
  await within([...STAFFS], "readwrite", async (tx) => {
    for (const store of STAFFS)
      for (const key of await tx.objectStore(store).index("account").getAllKeys(account))
        await tx.objectStore(store).delete(key);
  });
}
