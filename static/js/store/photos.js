/** @import {PhotoRow, SlotRow, UploadRow} from "../types.js" */
import { within } from "./database.js";

/**
 * Keeps a photo, where it belongs and its place in the queue, together or not at all.
 * @param {{slot: SlotRow, photo: PhotoRow, upload: UploadRow}} taken
 */
export async function keepPhoto({ slot, photo, upload }) {
  await within(["slots", "photos", "uploads"], "readwrite", async (tx) => {
    const known = await tx.objectStore("uploads").get(upload.sha256);
    await Promise.all([
      tx.objectStore("slots").put(slot),
      tx.objectStore("photos").put(photo),
      known ? undefined : tx.objectStore("uploads").put(upload),
    ]);
  });
}

/**
 * Takes a photo from an item. The pixels go too once no item holds them.
 * @param {SlotRow} slot
 */
export async function removePhoto(slot) {
  await within(["slots", "photos", "uploads"], "readwrite", async (tx) => {
    const slots = tx.objectStore("slots");
    await slots.delete([slot.visit, slot.item, slot.sha256]);
    if (await slots.index("sha256").count(slot.sha256)) return;
    await tx.objectStore("photos").delete(slot.sha256);
    await tx.objectStore("uploads").delete(slot.sha256);
  });
}

/**
 * Gives a photo to another item.
 * @param {SlotRow} slot
 * @param {SlotRow} next
 */
export async function moveSlot(slot, next) {
  await within(["slots"], "readwrite", async (tx) => {
    const slots = tx.objectStore("slots");
    await slots.delete([slot.visit, slot.item, slot.sha256]);
    await slots.put(next);
  });
}

/**
 * @param {string} sha256
 * @returns {Promise<PhotoRow | undefined>}
 */
export function photoOf(sha256) {
  return within(["photos"], "readonly", (tx) => tx.objectStore("photos").get(sha256));
}

/**
 * @param {string} account
 * @returns {Promise<UploadRow[]>}
 */
export function uploadsOf(account) {
  return within(["uploads"], "readonly", (tx) =>
    tx.objectStore("uploads").index("account").getAll(account),
  );
}

/** @param {UploadRow} row */
export async function keepUpload(row) {
  await within(["uploads"], "readwrite", async (tx) => {
    // A photo thrown away while it was being sent stays away.
    if (await tx.objectStore("uploads").get(row.sha256)) await tx.objectStore("uploads").put(row);
  });
}
