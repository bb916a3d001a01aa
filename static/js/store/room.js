import { within } from "./database.js";

/**
 * Which of these photos still have their pixels on this phone.
 * @param {readonly string[]} hashes
 */
export function withPixels(hashes) {
  return within(["photos"], "readonly", async (tx) => {
    const photos = tx.objectStore("photos");
    const found = [];
    // One in memory at a time.
    for (const hash of hashes) if ((await photos.get(hash))?.bytes) found.push(hash);
    return found;
  });
}

/**
 * Gives up the pixels of photos the server has. Thumbnails stay.
 * @param {readonly string[]} hashes
 */
export async function dropPixels(hashes) {
  await within(["photos"], "readwrite", async (tx) => {
    const photos = tx.objectStore("photos");
    for (const hash of hashes) {
      const photo = await photos.get(hash);
      if (photo) await photos.put({ ...photo, bytes: null });
    }
  });
}
