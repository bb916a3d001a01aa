import { within } from "./database.js";

/**
 * Which of these photos still have their pixels on this phone.
 * @param {readonly string[]} hashes
 */
export function withPixels(hashes) {
  return within(["photos"], "readonly", async (tx) => {
    const photos = tx.objectStore("photos");
    const found = await Promise.all(hashes.map((hash) => photos.get(hash)));
    return found.flatMap((photo) => (photo?.bytes ? [photo.sha256] : []));
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
