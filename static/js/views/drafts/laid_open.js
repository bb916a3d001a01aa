/** @import {OpenDraft} from "../../store/open_draft.js" */
import { isElsewhere } from "../../sync/hold.js";
import { desk } from "./desk.js";
import { deskMissing } from "./desk_missing.js";
import { heldElsewhere } from "./held_elsewhere.js";

/**
 * A screen that fills in the visit lying open; where it may not be filled in here, why not.
 * @param {(draft: OpenDraft) => unknown} screen
 */
export function laidOpen(screen) {
  const { draft } = desk.value;
  if (!draft) return deskMissing();
  if (!draft.isOpen.value) return deskMissing("sealed");
  const { id } = draft.visit.peek();
  return isElsewhere(id) ? heldElsewhere(id) : screen(draft);
}
