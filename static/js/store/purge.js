/** @import {OutboxRow} from "../types.js" */
/** @import {Name} from "./database.js" */
import { isUnsent } from "../model/outbox_moves.js";
import { within } from "./database.js";
import { eraseStaffs, staffsUnsent } from "./purge_staff.js";
import { destroyKey } from "./vault.js";
import { OF_A_DRAFT, range } from "./visits.js";

const WEEK = 7 * 86_400_000;

/** Stores that hold something of an account; facts in `meta` are an account's when their key ends with its id.
 * @type {Name[]}
 */
const HOLDING = [...OF_A_DRAFT, "outbox", "copies", "assignments", "history", "meta"];

/**
 * Frees the pixels of visits the server has called complete for a week. Thumbnails and text stay.
 * @param {string} account
 * @param {number} now
 */
export async function releasePixels(account, now) {
  await within(["outbox", "photos", "slots", "visits"], "readwrite", async (tx) => {
    const rows = await tx.objectStore("outbox").index("account").getAll(account);
    const drafts = await tx.objectStore("visits").index("account").getAll(account);
    const open = new Set(
      drafts.filter((visit) => visit.state === "draft").map((visit) => visit.id),
    );
    const over = rows.filter((one) => isOld(one, now) && !open.has(one.visit));
    // Another visit may name the same picture: one on its way, or one still being filled in.
    const needed = new Set(rows.filter((one) => !over.includes(one)).flatMap((one) => one.photos));
    const places = tx.objectStore("slots").index("sha256");
    for (const sha256 of new Set(over.flatMap((one) => one.photos))) {
      const drafted = (await places.getAll(sha256)).some((slot) => open.has(slot.visit));
      const photo = await tx.objectStore("photos").get(sha256);
      if (photo?.bytes && !drafted && !needed.has(sha256))
        await tx.objectStore("photos").put({ ...photo, bytes: null });
    }
  });
}

/**
 * Whether an account still has something on this phone that the server has not confirmed, looked up afresh.
 * @param {string} account
 */
export async function hasUnsent(account) {
  if (await staffsUnsent(account)) return true;
  return within(["outbox", "visits"], "readonly", async (tx) => {
    const rows = await tx.objectStore("outbox").index("account").getAll(account);
    const visits = await tx.objectStore("visits").index("account").getAll(account);
    return rows.some(isUnsent) || visits.some((visit) => visit.state === "draft");
  });
}

/**
 * Takes everything of one account off the phone, sent or not: its key first, so that from the first moment
 * nothing can be read, then its rows.
 * @param {string} account
 */
export async function erase(account) {
  await destroyKey(account);
  await eraseStaffs(account);
  await within(HOLDING, "readwrite", async (tx) => {
    const visits = await tx.objectStore("visits").index("account").getAllKeys(account);
    const sent = await tx.objectStore("outbox").index("account").getAllKeys(account);
    for (const visit of new Set([...visits, ...sent.map(([id]) => id)])) {
      await tx.objectStore("visits").delete(visit);
      for (const store of /** @type {const} */ (["answers", "slots", "captures", "outbox"]))
        await tx.objectStore(store).delete(range(visit));
    }
    for (const store of /** @type {const} */ (["captures", "copies", "uploads"]))
      for (const key of await tx.objectStore(store).index("account").getAllKeys(account)) {
        await tx.objectStore(store).delete(/** @type {never} */ (key));
        if (store === "uploads") await tx.objectStore("photos").delete(/** @type {string} */ (key));
      }
    await tx.objectStore("assignments").delete(account);
    await tx.objectStore("history").delete(account);
    for (const key of await tx.objectStore("meta").getAllKeys())
      if (key.endsWith(`:${account}`)) await tx.objectStore("meta").delete(key);
  });
}

/**
 * @param {Pick<OutboxRow, "state" | "completed_at">} row
 * @param {number} now
 */
function isOld(row, now) {
  return row.state === "complete" && now - Date.parse(row.completed_at) > WEEK;
}
