/** @import {SlotRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { numberOf } from "../../model/numbering.js";
import { thumbOf } from "../../store/pictures.js";
import { picture } from "../../ui/thumb.js";
import { hide, show } from "../../ui/overlay.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say, text } from "../../wording/say.js";
import { itemPicker } from "../answers/item_picker.js";

/**
 * A photo above every item of the card, one of which it shows.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {(item: string) => void} put
 */
export function itemChoices(draft, slot, put) {
  return html`<div class="photo photo--l">
      ${picture(slot.sha256, () => thumbOf(slot), say(slot.item ? "photo.one" : "photo.unplaced"))}
    </div>
    ${itemPicker(draft, draft.rubric.sections, put, slot.item)}`;
}

/**
 * Asks which item a photo belongs to instead, and moves it there.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 */
export function moveElsewhere(draft, slot) {
  const put = (/** @type {string} */ item) => {
    hide();
    void told(moved(draft, slot, item));
  };
  show({
    kind: "sheet",
    title: say("photo.move_q"),
    close: say("common.cancel"),
    body: () => html`<div class="stack place-photo">${itemChoices(draft, slot, put)}</div>`,
  });
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} item
 */
async function moved(draft, slot, item) {
  const there = same(draft, slot.sha256, item);
  // The same picture is there already: one of it is enough.
  if (there) await draft.remove(slot);
  else await draft.move(slot, item);
  const to = draft.items.get(item);
  toast({
    icon: "check",
    message: say("photo.moved", { x: to ? `${numberOf(draft.rubric, to)} ${text(to.title)}` : "" }),
    ...(!there && { act: say("common.undo"), onAct: () => void told(back(draft, slot, item)) }),
  });
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} before
 * @param {string} item
 */
async function back(draft, before, item) {
  const now = same(draft, before.sha256, item);
  if (now) await draft.move(now, before.item);
}

/**
 * @param {OpenDraft} draft
 * @param {string} sha256
 * @param {string} item
 */
function same(draft, sha256, item) {
  return draft.slots.peek().find((one) => one.item === item && one.sha256 === sha256);
}
