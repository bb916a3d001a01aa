/** @import {CaptureRow, Item, Section, SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { withCapture, withoutCapture } from "../../model/capture.js";
import { numberOf, sectionKeyOf } from "../../model/numbering.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { edit } from "../answers/answering.js";
import { wordsOf } from "./words.js";
import { keep } from "./shelf.js";

/**
 * Puts a capture with an item: words into its note, the photo to its photos, the time as when it was seen. What
 * has no room stays a remark, and that is said.
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 * @param {Item} item
 */
export async function placeAt(draft, capture, item) {
  const words = wordsOf(capture);
  const after = withCapture(draft.row(item.code), item, capture, words);
  if (!after) return toast({ icon: "alert", message: say("cap.no_room") });
  // What may fail comes first, so that words are placed once.
  await movePhoto(draft, capture, item.code);
  edit(draft, sectionOf(draft, item), after, true);
  keep(draft, { ...capture, item: item.code });
  toast({
    icon: "check",
    message: say("cap.placed", { x: numberOf(draft.rubric, item) }),
    act: say("common.undo"),
    onAct: () => void told(takeOff(draft, { ...capture, item: item.code }, words)),
  });
}

/**
 * Takes a capture from its item again, with all it brought.
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 * @param {string} [words] as they were written into the note
 */
export async function takeOff(draft, capture, words = wordsOf(capture)) {
  const item = draft.items.get(capture.item);
  await movePhoto(draft, capture, "");
  if (item)
    edit(draft, sectionOf(draft, item), withoutCapture(draft.row(item.code), capture, words), true);
  keep(draft, { ...capture, item: "" });
  toast({ icon: "undo", message: say("cap.taken_off") });
}

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 * @param {string} item
 */
async function movePhoto(draft, capture, item) {
  const slot = slotOf(draft, capture);
  if (slot && slot.item !== item) await draft.move(slot, item);
}

/**
 * The place of the photo a capture is about.
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 * @returns {SlotRow | undefined}
 */
export function slotOf(draft, { sha256, item }) {
  const slots = draft.slots.value.filter((slot) => sha256 && slot.sha256 === sha256);
  return slots.find((slot) => slot.item === item) ?? slots[0];
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @returns {Section}
 */
function sectionOf(draft, item) {
  const key = sectionKeyOf(draft.rubric, item.code);
  const found = draft.rubric.sections.find((section) => section.key === key);
  if (!found) throw new Error(`no section of ${item.code}`);
  return found;
}
