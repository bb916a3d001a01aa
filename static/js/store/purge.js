/** @import {OutboxRow} from "../types.js" */
import { isUnsent } from "../model/outbox_moves.js";
import { within } from "./database.js";
import { range } from "./visits.js";

const WEEK = 7 * 86_400_000;

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
    for (const row of rows.filter((one) => isOld(one, now) && !open.has(one.visit))) {
      for (const sha256 of row.photos) {
        const photo = await tx.objectStore("photos").get(sha256);
        if (photo?.bytes) await tx.objectStore("photos").put({ ...photo, bytes: null });
      }
    }
  });
}

/**
 * Takes one account's finished work and what was fetched for it off the phone, when it signs out.
 * What is not complete stays, out of the next person's sight.
 * @param {string} account
 */
export async function forgetAccount(account) {
  await within(
    ["assignments", "history", "outbox", "visits", "answers", "slots", "photos", "uploads"],
    "readwrite",
    async (tx) => {
      const rows = await tx.objectStore("outbox").index("account").getAll(account);
      const visits = await tx.objectStore("visits").index("account").getAll(account);
      const drafts = visits.filter((visit) => visit.state === "draft").map((visit) => visit.id);
      const sending = rows.filter(isUnsent).map((row) => row.visit);
      const kept = new Set([...drafts, ...sending]);
      const done = rows.filter((row) => !kept.has(row.visit));
      await Promise.all([
        tx.objectStore("assignments").delete(account),
        tx.objectStore("history").delete(account),
      ]);
      for (const row of done) {
        await Promise.all([
          tx.objectStore("outbox").delete([row.visit, row.attempt]),
          tx.objectStore("visits").delete(row.visit),
          tx.objectStore("answers").delete(range(row.visit)),
          tx.objectStore("slots").delete(range(row.visit)),
          ...row.photos.map((sha256) => tx.objectStore("photos").delete(sha256)),
          ...row.photos.map((sha256) => tx.objectStore("uploads").delete(sha256)),
        ]);
      }
    },
  );
}

/**
 * @param {OutboxRow} row
 * @param {number} now
 */
function isOld(row, now) {
  return row.state === "complete" && now - Date.parse(row.completed_at) > WEEK;
}
