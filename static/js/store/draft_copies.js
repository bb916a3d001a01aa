/** @import {CopyRow, DraftDocument, OtherVersion, PhotoRow, UploadRow} from "../types.js" */
import { capturesOf } from "./captures.js";
import { within } from "./database.js";
import { closed } from "./sealing.js";
import { opened, sealed } from "./vault.js";
import { range, visitHere } from "./visits.js";

/** How long a version that stepped back stays on this phone. */
export const KEPT = 30 * 86_400_000;

/**
 * Everything entered in one visit, as its copy travels; undefined where this account has none of that id here.
 * @param {string} account
 * @param {string} visit
 * @returns {Promise<DraftDocument | undefined>}
 */
export async function documentOf(account, visit) {
  const here = await visitHere(account, visit);
  if (!here) return undefined;
  const captures = await capturesOf(account, visit);
  return { visit: here.visit, answers: here.rows, slots: here.slots, captures };
}

/**
 * Lays a document down as the draft of this phone, whole or not at all; what lay there before is replaced. The
 * photos stay: what is known of their way to the server counts more than what came along.
 * @param {DraftDocument} document
 * @param {readonly UploadRow[]} uploads
 */
export async function keepDocument({ visit, answers, slots, captures }, uploads) {
  const { account } = visit;
  const [kept, rows, places, noted] = await Promise.all([
    closed("visits", account, visit),
    Promise.all(answers.map((row) => closed("answers", account, row))),
    Promise.all(slots.map((row) => closed("slots", account, row))),
    Promise.all(captures.map((row) => closed("captures", account, row))),
  ]);
  await within(["visits", "answers", "slots", "captures", "uploads"], "readwrite", async (tx) => {
    for (const store of /** @type {const} */ (["answers", "slots", "captures"]))
      void tx.objectStore(store).delete(range(visit.id));
    void tx.objectStore("visits").put(kept);
    for (const row of rows) void tx.objectStore("answers").put(row);
    for (const row of places) void tx.objectStore("slots").put(row);
    for (const row of noted) void tx.objectStore("captures").put(row);
    for (const upload of uploads)
      if (!(await tx.objectStore("uploads").count(upload.sha256)))
        void tx.objectStore("uploads").put(upload);
  });
}

/**
 * Keeps a photo that came back from the server, where there is none.
 * @param {string} account
 * @param {PhotoRow} row
 */
export async function keepFetched(account, row) {
  const kept = await closed("photos", account, row);
  await within(["photos"], "readwrite", async (tx) => {
    const there = await tx.objectStore("photos").get(row.sha256);
    if (!there?.bytes) await tx.objectStore("photos").put(kept);
  });
}

/**
 * @param {string} account
 * @returns {Promise<CopyRow[]>}
 */
export async function copiesOf(account) {
  return within(["copies"], "readonly", (tx) =>
    tx.objectStore("copies").index("account").getAll(account),
  );
}

/**
 * Changes what is known of a copy, as it is now in the database.
 * @param {string} account
 * @param {string} visit
 * @param {(row: CopyRow) => CopyRow} change
 * @returns {Promise<CopyRow>}
 */
export function changeCopy(account, visit, change) {
  return within(["copies"], "readwrite", async (tx) => {
    const next = change((await tx.objectStore("copies").get(visit)) ?? nothingSent(account, visit));
    await tx.objectStore("copies").put(next);
    return next;
  });
}

/**
 * @param {string} account
 * @param {string} visit
 * @returns {CopyRow}
 */
function nothingSent(account, visit) {
  const never = { saves_sent: 0, owner: "", sent_at: "", document_hash: "", attempt: 0 };
  return { visit, account, ...never, ended: "", others: null };
}

/**
 * The versions of a visit that stepped back on this phone.
 * @param {CopyRow | undefined} row
 * @returns {Promise<OtherVersion[]>}
 */
export async function othersIn(row) {
  if (!row?.others) return [];
  return /** @type {OtherVersion[]} */ (await opened(row.account, row.others));
}

/**
 * Puts a version aside before another takes its place. It stays for 30 days, and once only.
 * @param {string} account
 * @param {OtherVersion} version
 */
export async function keepOther(account, version) {
  const { id } = version.document.visit;
  const rows = await copiesOf(account);
  const known = await othersIn(rows.find((row) => row.visit === id));
  const same = JSON.stringify(version.document);
  if (known.some((one) => JSON.stringify(one.document) === same)) return;
  const others = await sealed(account, [...known, version]);
  await changeCopy(account, id, (row) => ({ ...row, others }));
}

/**
 * Forgets versions whose 30 days are over.
 * @param {string} account
 * @param {number} now
 */
export async function forgetOthers(account, now) {
  for (const row of await copiesOf(account)) {
    const known = await othersIn(row);
    const left = known.filter((one) => now - Date.parse(one.kept_at) < KEPT);
    if (left.length === known.length) continue;
    const others = left.length ? await sealed(account, left) : null;
    await changeCopy(account, row.visit, (now_) => ({ ...now_, others }));
  }
}
