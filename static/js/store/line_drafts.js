/** @import {LineDraft, PhotoRow, SendingRow, UploadRow} from "../types.js" */
import { filesOf } from "../model/line_draft.js";
import { within } from "./database.js";
import { dropRows, keepRow, resting, rowsOf } from "./sealed_rows.js";
import { closed } from "./sealing.js";

/**
 * What an account writes about lines, all of it.
 * @param {string} account
 * @returns {Promise<LineDraft[]>}
 */
export function draftsOf(account) {
  return rowsOf("replies", account);
}

/** @param {LineDraft} draft */
export async function keepDraft(draft) {
  await keepRow("replies", draft.account, draft.id, draft);
}

/**
 * Keeps a photo or a document, what names it and its place in the queue, together or not at all.
 * @param {LineDraft} draft
 * @param {PhotoRow} photo
 * @param {UploadRow} upload
 */
export async function keepDraftPhoto(draft, photo, upload) {
  const [row, kept] = await Promise.all([
    resting(draft.account, draft.id, draft),
    closed("photos", draft.account, photo),
  ]);
  const free = await within(["replies", "photos", "uploads"], "readwrite", async (tx) => {
    const known = await tx.objectStore("uploads").get(upload.sha256);
    if (known && known.account !== upload.account) return false;
    await Promise.all([
      tx.objectStore("replies").put(row),
      tx.objectStore("photos").put(kept),
      known ? undefined : tx.objectStore("uploads").put(upload),
    ]);
    return true;
  });
  if (!free) throw new Error("held for another account");
}

/**
 * Freezes a draft: it is a draft still, or surely on its way.
 * @param {LineDraft} draft
 * @param {SendingRow} sending
 */
export async function freezeDraft(draft, sending) {
  const row = await resting(draft.account, sending.id, sending);
  await within(["replies", "sendings"], "readwrite", async (tx) => {
    await Promise.all([
      tx.objectStore("sendings").put(row),
      tx.objectStore("replies").delete(draft.id),
    ]);
  });
}

/**
 * Takes up again what the server would not have.
 * @param {SendingRow} sending
 * @param {LineDraft} draft
 */
export async function thawDraft(sending, draft) {
  const row = await resting(draft.account, draft.id, draft);
  await within(["replies", "sendings"], "readwrite", async (tx) => {
    await Promise.all([
      tx.objectStore("replies").put(row),
      tx.objectStore("sendings").delete(sending.id),
    ]);
  });
}

/** @param {LineDraft} draft */
export async function dropDraft(draft) {
  await dropRows("replies", [draft.id]);
  await dropPhotos(draft.account, filesOf(draft));
}

/**
 * Lets go of photos nothing names any more.
 * @param {string} account
 * @param {readonly string[]} hashes
 */
export async function dropPhotos(account, hashes) {
  const drafts = await draftsOf(account);
  const sendings = /** @type {SendingRow[]} */ (await rowsOf("sendings", account));
  const named = new Set([...drafts.flatMap(filesOf), ...sendings.flatMap(({ photos }) => photos)]);
  const free = hashes.filter((sha256) => !named.has(sha256));
  await within(["photos", "uploads"], "readwrite", async (tx) => {
    for (const sha256 of free) {
      await tx.objectStore("photos").delete(sha256);
      await tx.objectStore("uploads").delete(sha256);
    }
  });
}
