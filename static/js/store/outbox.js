/** @import {OutboxRow, VisitRow} from "../types.js" */
import { within } from "./database.js";
import { closed, isResting, open, openAll } from "./sealing.js";

/**
 * Freezes a draft: the visit and its bytes in one transaction, so that it is either still a draft or surely in
 * the outbox.
 * @param {VisitRow} visit
 * @param {OutboxRow} row
 */
export async function seal(visit, row) {
  const [frozen, kept] = await Promise.all([
    closed("visits", visit.account, visit),
    closed("outbox", row.account, row),
  ]);
  await within(["visits", "outbox"], "readwrite", async (tx) => {
    await Promise.all([tx.objectStore("visits").put(frozen), tx.objectStore("outbox").put(kept)]);
  });
}

/**
 * Opens a frozen visit for editing again. The row stays until a new one with the same attempt takes its place.
 * @param {VisitRow} visit
 */
export async function unseal(visit) {
  const kept = await closed("visits", visit.account, visit);
  await within(["visits"], "readwrite", (tx) => tx.objectStore("visits").put(kept));
}

/**
 * @param {string} account
 * @returns {Promise<OutboxRow[]>} oldest first
 */
export async function outboxOf(account) {
  const kept = await within(["outbox"], "readonly", (tx) =>
    tx.objectStore("outbox").index("account").getAll(account),
  );
  const rows = await openAll("outbox", kept);
  return rows.sort((a, b) => a.frozen_at.localeCompare(b.frozen_at));
}

/**
 * Changes a row as it is now, whatever another window did to it meanwhile.
 * @param {OutboxRow} row
 * @param {(row: OutboxRow) => OutboxRow} change
 * @returns {Promise<OutboxRow>}
 */
export async function changeRow(row, change) {
  for (;;) {
    const kept = await within(["outbox"], "readonly", (tx) =>
      tx.objectStore("outbox").get([row.visit, row.attempt]),
    );
    const now = kept ? await open("outbox", kept) : row;
    // A new submission under the same attempt took the place of these bytes.
    if (now.content_hash !== row.content_hash) return now;
    const next = change(now);
    const turn = turnOf(kept);
    const put = await closed("outbox", next.account, next, turn + 1);
    if (await replaced(put, turn)) return next;
  }
}

/**
 * Puts a row unless somebody else did since it was read.
 * @param {import("./schema.js").RestingRow<"outbox">} row
 * @param {number} turn
 */
function replaced(row, turn) {
  return within(["outbox"], "readwrite", async (tx) => {
    const there = await tx.objectStore("outbox").get([row.visit, row.attempt]);
    const same =
      turnOf(there) === turn && (there?.content_hash ?? row.content_hash) === row.content_hash;
    if (same) await tx.objectStore("outbox").put(row);
    return same;
  });
}

/** @param {import("./schema.js").KeptRow<"outbox"> | undefined} kept */
function turnOf(kept) {
  return isResting(kept) ? kept.turn : -1;
}
