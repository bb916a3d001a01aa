/** @import {CopyRow, DraftDocument, OtherVersion, PhotoRow, UploadRow} from "../types.js" */
import { capturesOf } from "./captures.js";
import { within } from "./database.js";
import { closed } from "./sealing.js";
import { opened, sealed } from "./vault.js";
import { range, visitHere } from "./visits.js";

/** How long a version that stepped back stays on this phone. */
const KEPT = 30 * 86_400_000;

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
 * photos stay: what is known of their way to the server counts more than what came along. A draft that was thrown
 * away here is wanted again.
 * @param {DraftDocument} document
 * @param {readonly UploadRow[]} uploads
 */
export async function keepDocument({ visit, answers, slots, captures }, uploads) {
  const { account } = visit;
  // Sealed only together with its bytes: without them it would be neither sent nor changed.
  const draft = await closed("visits", account, { ...visit, state: "draft" });
  const rows = {
    answers: await Promise.all(answers.map((row) => closed("answers", account, row))),
    slots: await Promise.all(slots.map((row) => closed("slots", account, row))),
    captures: await Promise.all(captures.map((row) => closed("captures", account, row))),
  };
  await within([...OF_A_DOCUMENT, "visits", "uploads", "copies"], "readwrite", async (tx) => {
    await tx.objectStore("visits").put(draft);
    for (const store of OF_A_DOCUMENT) {
      await tx.objectStore(store).delete(range(visit.id));
      for (const row of rows[store]) await tx.objectStore(store).put(/** @type {any} */ (row));
    }
    for (const upload of uploads)
      if (!(await tx.objectStore("uploads").count(upload.sha256)))
        await tx.objectStore("uploads").put(upload);
    const copy = await tx.objectStore("copies").get(visit.id);
    // The server takes what it was told to forget only as a newer save.
    const wanted = { ended: /** @type {const} */ (""), document_hash: "" };
    if (copy?.ended === "discarded") await tx.objectStore("copies").put({ ...copy, ...wanted });
  });
}

const OF_A_DOCUMENT = /** @type {const} */ (["answers", "slots", "captures"]);

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
  const same = JSON.stringify(version.document);
  await changeOthers(account, version.document.visit.id, (known) =>
    known.some((one) => JSON.stringify(one.document) === same) ? known : [...known, version],
  );
}

/**
 * Forgets versions whose 30 days are over.
 * @param {string} account
 * @param {number} now
 */
export async function forgetOthers(account, now) {
  const rows = (await copiesOf(account)).filter((row) => row.others);
  for (const { visit } of rows)
    await changeOthers(account, visit, (known) => {
      const left = known.filter((one) => now - Date.parse(one.kept_at) < KEPT);
      return left.length === known.length ? known : left;
    });
}

/**
 * Changes the versions that stepped back, whatever another window did to them meanwhile.
 * @param {string} account
 * @param {string} visit
 * @param {(known: OtherVersion[]) => OtherVersion[]} change returns the same list where nothing is to be changed
 */
async function changeOthers(account, visit, change) {
  for (;;) {
    const before = await within(["copies"], "readonly", (tx) =>
      tx.objectStore("copies").get(visit),
    );
    const known = await othersIn(before);
    const next = change(known);
    if (next === known) return;
    const others = next.length ? await sealed(account, next) : null;
    const read = String(before?.others?.iv);
    const row = await changeCopy(account, visit, (now) =>
      String(now.others?.iv) === read ? { ...now, others } : now,
    );
    if (row.others === others) return;
  }
}
