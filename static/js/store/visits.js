/** @import {AnswerRow, SlotRow, VisitRow} from "../types.js" */
import { within } from "./database.js";
import { closed, open, openAll, openIfAny } from "./sealing.js";

/**
 * Every visit of one account on this phone; another person's are never read.
 * @param {string} account
 * @returns {Promise<VisitRow[]>}
 */
export async function visitsOf(account) {
  const kept = await within(["visits"], "readonly", (tx) =>
    tx.objectStore("visits").index("account").getAll(account),
  );
  return openAll("visits", kept);
}

/** @typedef {{visit: VisitRow, rows: AnswerRow[], slots: SlotRow[]}} Stored */

/**
 * One visit with all that was entered, or undefined where this account has none of that id here.
 * @param {string} account
 * @param {string} id
 * @returns {Promise<Stored | undefined>}
 */
export async function visitHere(account, id) {
  const kept = await within(["visits", "answers", "slots"], "readonly", async (tx) => {
    const visit = await tx.objectStore("visits").get(id);
    const [rows, slots] = await Promise.all([
      tx.objectStore("answers").getAll(range(id)),
      tx.objectStore("slots").getAll(range(id)),
    ]);
    return { visit, rows, slots };
  });
  if (kept.visit?.account !== account) return undefined;
  const [visit, rows, slots] = await Promise.all([
    openIfAny("visits", kept.visit),
    openAll("answers", kept.rows),
    openAll("slots", kept.slots),
  ]);
  return visit && { visit, rows, slots };
}

/**
 * Keeps a visit and the rows of it that changed, together or not at all.
 * @param {VisitRow} visit
 * @param {readonly AnswerRow[]} [rows]
 */
export async function keepVisit(visit, rows = []) {
  const [kept, ...changed] = await Promise.all([
    closed("visits", visit.account, visit),
    ...rows.map((row) => closed("answers", visit.account, row)),
  ]);
  await within(["visits", "answers"], "readwrite", async (tx) => {
    const answers = tx.objectStore("answers");
    await Promise.all([
      tx.objectStore("visits").put(kept),
      ...changed.map((row) => answers.put(row)),
    ]);
  });
}

/**
 * Keeps a new visit, unless its assignment was begun already, by a second tap or in another window.
 * @param {VisitRow} visit
 * @returns {Promise<VisitRow>} the one that counts
 */
export async function keepNewVisit(visit) {
  const kept = await closed("visits", visit.account, visit);
  const known = await within(["visits"], "readwrite", async (tx) => {
    const begun = await tx.objectStore("visits").index("assignment").getAll(visit.assignment);
    const first = begun.find((one) => one.account === visit.account);
    if (!first) await tx.objectStore("visits").put(kept);
    return first;
  });
  return known ? open("visits", known) : visit;
}

/** Stores that hold something of a draft. */
export const OF_A_DRAFT = /** @type {const} */ ([
  "visits",
  "answers",
  "slots",
  "captures",
  "photos",
  "uploads",
]);

/**
 * Throws a draft away: what was entered and noted, and the photos no other visit holds.
 * @param {string} id
 */
export async function discardVisit(id) {
  await within([...OF_A_DRAFT], "readwrite", async (tx) => {
    const slots = tx.objectStore("slots");
    const hashes = (await slots.getAll(range(id))).map((slot) => slot.sha256);
    await Promise.all([
      tx.objectStore("visits").delete(id),
      tx.objectStore("answers").delete(range(id)),
      slots.delete(range(id)),
      tx.objectStore("captures").delete(range(id)),
    ]);
    for (const sha256 of hashes) {
      if (await slots.index("sha256").count(sha256)) continue;
      await tx.objectStore("photos").delete(sha256);
      await tx.objectStore("uploads").delete(sha256);
    }
  });
}

/**
 * All keys that begin with one visit.
 * @param {string} id
 */
export function range(id) {
  return IDBKeyRange.bound([id], [id, []]);
}
