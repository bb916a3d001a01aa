/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { signal } from "../../vendor/signals-core.js";
import { addPhoto } from "../sync/photos.js";
import { NotAPicture } from "../sync/shrink.js";
import { toast } from "../ui/toast.js";
import { say } from "../wording/say.js";

/** How many photos of an item are being made small just now. */
export const shrinking = signal(/** @type {ReadonlyMap<string, number>} */ (new Map()));

/**
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {readonly File[]} files
 * @param {SlotRow["origin"]} origin
 */
export async function takePhotos(draft, item, files, origin) {
  count(item, files.length);
  for (const file of files) {
    try {
      await addPhoto(draft, item, file, origin);
    } catch (error) {
      toast({ icon: "alert", message: say(faultOf(error)) });
    } finally {
      count(item, -1);
    }
  }
}

/** @param {unknown} error */
function faultOf(error) {
  if (error instanceof NotAPicture) return "photo.no_picture";
  return error instanceof DOMException && error.name === "QuotaExceededError"
    ? "photo.no_room"
    : "photo.not_kept";
}

/**
 * @param {string} item
 * @param {number} by
 */
function count(item, by) {
  const next = new Map(shrinking.peek());
  next.set(item, (next.get(item) ?? 0) + by);
  shrinking.value = next;
}
