/** @import {SlotRow, UploadRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { keepPhoto, moveSlot, photoOf } from "../../store/photos.js";
import { flush } from "../../sync/outbox.js";
import { uploads } from "../../sync/uploads.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

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
export async function removeWithUndo(draft, slots) {
  const kept = await Promise.all(
    slots.map(async (slot) => ({ slot, photo: await photoOf(slot.sha256) })),
  );
  const rows = new Map(slots.map(({ sha256 }) => [sha256, uploads.peek().get(sha256)]));
  for (const slot of slots) await draft.remove(slot);
  const restore = async () => {
    for (const { slot, photo } of kept) {
      if (photo) await keepPhoto({ slot, photo, upload: uploadOf(draft, slot, rows) });
      // Another phone took it: here it never had pixels.
      else await moveSlot(slot, slot);
      draft.added(slot);
    }
    void flush();
  };
  toast({
    icon: "trash",
    message: say("photo.removed", { n: slots.length }),
    act: say("common.undo"),
    onAct: () => void restore(),
  });
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {ReadonlyMap<string, UploadRow | undefined>} rows
 * @returns {UploadRow}
 */
function uploadOf(draft, { sha256, size }, rows) {
  const known = rows.get(sha256);
  if (known) return known.state === "sending" ? { ...known, state: "waiting" } : known;
  const { id: visit, account } = draft.visit.peek();
  // Removed while it travelled: the server may have some of it.
  const rest = { offset: 0, state: /** @type {const} */ ("waiting"), problem: "", tried: true };
  return { format: 1, sha256, account, visit, size, ...rest };
}
