/** @import {PhotoRow, SlotRow, UploadRow} from "../types.js" */
import { isAbsent } from "../model/absent.js";
import { within } from "./database.js";
import { closed, isResting, openIfAny } from "./sealing.js";
import { openedBytes } from "./vault.js";

/**
 * Keeps a photo, where it belongs and its place in the queue, together or not at all.
 * @param {{slot: SlotRow, photo: PhotoRow, upload: UploadRow}} taken
 */
export async function keepPhoto({ slot, photo, upload }) {
  const [placed, kept] = await Promise.all([
    closed("slots", upload.account, slot),
    closed("photos", upload.account, photo),
  ]);
  const free = await within(["slots", "photos", "uploads"], "readwrite", async (tx) => {
    const known = await tx.objectStore("uploads").get(upload.sha256);
    // Another person's, not to be taken from them; bytes so alike come only from the same file.
    if (known && known.account !== upload.account) return false;
    await Promise.all([
      tx.objectStore("slots").put(placed),
      tx.objectStore("photos").put(kept),
      known ? undefined : tx.objectStore("uploads").put(upload),
    ]);
    return true;
  });
  if (!free) throw new Error("held for another account");
}

/**
 * Writes again where photos belong and how far they travelled; their pixels are with the server.
 * @param {string} account
 * @param {readonly SlotRow[]} slots
 * @param {readonly UploadRow[]} uploads
 */
export async function keepPlaces(account, slots, uploads) {
  const placed = await Promise.all(slots.map((slot) => closed("slots", account, slot)));
  await within(["slots", "uploads"], "readwrite", async (tx) => {
    await Promise.all([
      ...placed.map((slot) => tx.objectStore("slots").put(slot)),
      ...uploads.map((upload) => tx.objectStore("uploads").put(upload)),
    ]);
  });
}

/**
 * Which of these photos are on this phone.
 * @param {readonly SlotRow[]} slots
 * @returns {Promise<ReadonlySet<string>>}
 */
export async function pixelsHere(slots) {
  const kept = await Promise.all(slots.map(({ sha256 }) => keptPhoto(sha256)));
  return new Set(kept.flatMap((photo) => (photo ? [photo.sha256] : [])));
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
    const key = /** @type {[string, string, string]} */ ([slot.visit, slot.item, slot.sha256]);
    const kept = await slots.get(key);
    await slots.delete(key);
    // The sealed part knows neither item nor place.
    await slots.put({ ...(kept ?? next), item: next.item, position: next.position });
  });
}

/**
 * @param {string} sha256
 * @returns {Promise<PhotoRow | undefined>}
 */
export async function photoOf(sha256) {
  return openIfAny("photos", await keptPhoto(sha256));
}

/**
 * A photo small, without opening the large one.
 * @param {string} sha256
 */
export async function smallOf(sha256) {
  const kept = await keptPhoto(sha256);
  if (!isResting(kept)) return kept?.thumb;
  return openedBytes(kept.account, kept.thumb);
}

/** @param {string} sha256 */
function keptPhoto(sha256) {
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

/**
 * Queues photos whose pixels came to this phone, as far as nothing was known of them or nobody here had them.
 * @param {readonly UploadRow[]} rows
 */
export async function queuePhotos(rows) {
  await within(["uploads"], "readwrite", async (tx) => {
    for (const row of rows) {
      const known = await tx.objectStore("uploads").get(row.sha256);
      if (!known || (known.account === row.account && isAbsent(known)))
        await tx.objectStore("uploads").put(row);
    }
  });
}

/** @param {UploadRow} row */
export async function keepUpload(row) {
  await within(["uploads"], "readwrite", async (tx) => {
    // A photo thrown away while it was being sent stays away.
    if (await tx.objectStore("uploads").get(row.sha256)) await tx.objectStore("uploads").put(row);
  });
}
