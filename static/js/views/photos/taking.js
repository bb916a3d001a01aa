/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
/** @import {Reason} from "../../sync/shrinking.js" */
import { effect, signal } from "../../../vendor/signals-core.js";
import { addPhoto } from "../../sync/photos.js";
import { PictureFault } from "../../sync/shrinking.js";

/** How many photos of an item are being made small just now. */
export const shrinking = signal(/** @type {ReadonlyMap<string, number>} */ (new Map()));

/** @typedef {{item: string, reason: Reason, name: string}} Fault */

/** Files that became no photo, each with its item, until somebody has read why. */
export const faults = signal(/** @type {readonly Fault[]} */ ([]));

/** @typedef {{draft: OpenDraft, item: string, file: File, origin: SlotRow["origin"]}} Taken */

/** Photos the phone would not store: they live in memory until there is room. */
export const homeless = signal(/** @type {readonly Taken[]} */ ([]));

const stay = (/** @type {Event} */ event) => event.preventDefault();

effect(() => {
  // The browser asks before it closes a page that holds the only copy of a photo.
  if (homeless.value.length) addEventListener("beforeunload", stay);
  else removeEventListener("beforeunload", stay);
});

/**
 * Keeps photos at an item, one after the other, and tells of those it cannot keep.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {readonly File[]} files
 * @param {SlotRow["origin"]} origin
 * @returns {Promise<SlotRow[]>} those that are safely on the phone
 */
export async function takePhotos(draft, item, files, origin) {
  /** @type {SlotRow[]} */
  const kept = [];
  count(item, files.length);
  for (const file of files) {
    try {
      kept.push(await addPhoto(draft, item, file, origin));
    } catch (error) {
      await note({ draft, item, file, origin }, error);
    } finally {
      count(item, -1);
    }
  }
  return kept;
}

/**
 * @param {Taken} taken
 * @param {unknown} error
 */
async function note(taken, error) {
  if (error instanceof PictureFault) {
    const { item, file } = taken;
    faults.value = [...faults.peek(), { item, reason: error.reason, name: file.name }];
    return;
  }
  homeless.value = [...homeless.peek(), taken];
  const { offerRoom } = await import("./no_room.js");
  offerRoom();
}

/** Tries once more to keep what the phone would not store. */
export async function keepHomeless() {
  const waiting = homeless.peek();
  homeless.value = [];
  for (const { draft, item, file, origin } of waiting)
    await takePhotos(draft, item, [file], origin);
}

/** @param {Fault} fault */
export function dismiss(fault) {
  faults.value = faults.peek().filter((one) => one !== fault);
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
