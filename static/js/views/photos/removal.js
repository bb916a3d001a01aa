/** @import {PhotoRow, SlotRow, UploadRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { keepPhoto, moveSlot, photoOf } from "../../store/photos.js";
import { flush } from "../../sync/outbox.js";
import { keepTaken } from "../../sync/taking.js";
import { uploads } from "../../sync/uploads.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { roomFor } from "./no_room.js";

/**
 * A photo and the marked-up copies that lose their original with it.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 */
export function withCopies(draft, slot) {
  const all = draft.slots.peek();
  const elsewhere = all.some((one) => one !== slot && one.sha256 === slot.sha256);
  if (slot.marked_from || elsewhere) return [slot];
  return [slot, ...all.filter((one) => one.marked_from === slot.sha256)];
}

/**
 * Takes photos away at once, and brings them back within six seconds if that was a slip.
 * @param {OpenDraft} draft
 * @param {readonly SlotRow[]} slots
 */
export function removeWithUndo(draft, slots) {
  return told(remove(draft, slots));
}

/** What comes back. @typedef {{slot: SlotRow, photo: PhotoRow | undefined, upload: UploadRow | undefined}} Removed */

/**
 * @param {OpenDraft} draft
 * @param {readonly SlotRow[]} slots
 */
async function remove(draft, slots) {
  const removed = await Promise.all(
    slots.map(async (slot) => ({
      ...{ slot, upload: uploads.peek().get(slot.sha256) },
      photo: await photoOf(slot.sha256),
    })),
  );
  for (const slot of slots) await draft.remove(slot);
  const back = removed.map((one) => ({
    ...{ visit: one.slot.visit, item: one.slot.item, name: "" },
    keep: () => putBack(draft, one),
  }));
  toast({
    icon: "trash",
    message: say("photo.removed", { n: slots.length }),
    act: say("common.undo"),
    // Where there is no room for them any more, they wait like photos just taken.
    onAct: () => void roomFor(keepTaken(back)),
  });
}

/**
 * @param {OpenDraft} draft
 * @param {Removed} removed
 */
async function putBack(draft, { slot, photo, upload }) {
  if (photo) await keepPhoto({ slot, photo, upload: uploadOf(draft, slot, upload) });
  // Another phone took it: here it never had pixels.
  else await moveSlot(slot, slot);
  draft.added(slot);
  void flush();
  return slot;
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {UploadRow | undefined} known
 * @returns {UploadRow}
 */
function uploadOf(draft, { sha256, size }, known) {
  if (known) return known.state === "sending" ? { ...known, state: "waiting" } : known;
  const { id: visit, account } = draft.visit.peek();
  // Removed while it travelled: the server may have some of it.
  const rest = { offset: 0, state: /** @type {const} */ ("waiting"), problem: "", tried: true };
  return { format: 1, sha256, account, visit, size, ...rest };
}
