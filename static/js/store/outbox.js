/** @import {OutboxRow, VisitRow} from "../types.js" */
import { within } from "./database.js";

/**
 * Seals a draft: the visit and its frozen bytes in one transaction, so that it is either still a draft or
 * surely in the outbox.
 * @param {VisitRow} visit
 * @param {OutboxRow} row
 */
export async function seal(visit, row) {
  await within(["visits", "outbox"], "readwrite", async (tx) => {
    await Promise.all([tx.objectStore("visits").put(visit), tx.objectStore("outbox").put(row)]);
  });
}

/**
 * Opens a sealed visit for editing again. The row stays until a new one with the same attempt takes its place.
 * @param {VisitRow} visit
 */
export async function unseal(visit) {
  await within(["visits"], "readwrite", (tx) => tx.objectStore("visits").put(visit));
}

/**
 * @param {string} account
 * @returns {Promise<OutboxRow[]>} oldest first
 */
export async function outboxOf(account) {
  const rows = await within(["outbox"], "readonly", (tx) =>
    tx.objectStore("outbox").index("account").getAll(account),
  );
  return rows.sort((a, b) => a.frozen_at.localeCompare(b.frozen_at));
}

/**
 * Changes a row as it is now, whatever another window did to it meanwhile.
 * @param {OutboxRow} row
 * @param {(row: OutboxRow) => OutboxRow} change
 * @returns {Promise<OutboxRow>}
 */
export function changeRow(row, change) {
  return within(["outbox"], "readwrite", async (tx) => {
    const now = (await tx.objectStore("outbox").get([row.visit, row.attempt])) ?? row;
    // A new submission under the same attempt took the place of these bytes.
    if (now.content_hash !== row.content_hash) return now;
    const next = change(now);
    await tx.objectStore("outbox").put(next);
    return next;
  });
}
