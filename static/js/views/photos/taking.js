/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { effect } from "../../../vendor/signals-core.js";
import { addPhotos, homeless, shrinking } from "../../sync/taking.js";
import { roomFor } from "./no_room.js";

const stay = (/** @type {Event} */ event) => event.preventDefault();

effect(() => {
  // The browser asks before it closes a page that holds the only copy of a photo.
  if (homeless.value.length + shrinking.value.length) addEventListener("beforeunload", stay);
  else removeEventListener("beforeunload", stay);
});

/**
 * Keeps photos at an item, one after the other; for those the phone would not store, offers what makes room.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {readonly File[]} files
 * @param {SlotRow["origin"]} origin
 * @returns {Promise<SlotRow[]>} those that are safely on the phone
 */
export function takePhotos(draft, item, files, origin) {
  return roomFor(addPhotos(draft, item, files, origin));
}
