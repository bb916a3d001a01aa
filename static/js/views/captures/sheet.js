/** @import {CaptureRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { LONGEST, itemOf } from "../../model/capture.js";
import { numberOf } from "../../model/numbering.js";
import { clock } from "../../model/when.js";
import { thumbOf } from "../../store/pictures.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { hide, show } from "../../ui/overlay.js";
import { stepper } from "../../ui/stepper.js";
import { picture } from "../../ui/thumb.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { itemPicker } from "../answers/item_picker.js";
import { placeAt, slotOf, takeOff } from "./placing.js";
import { drop, keep, seenSoFar } from "./shelf.js";
import { removeWithUndo } from "../photos/removal.js";

/**
 * One entry over the screen: its words, its number, its item, its end.
 * @param {OpenDraft} draft
 * @param {string} id
 */
export function openEntry(draft, id) {
  show({
    kind: "sheet",
    title: say("cap.entry"),
    close: say("common.close"),
    body: () => html`<div class="stack" ${island(() => entryBody(draft, id))}></div>`,
  });
}

/**
 * @param {OpenDraft} draft
 * @param {string} id
 */
function entryBody(draft, id) {
  const entry = seenSoFar(draft).find((one) => one.id === id);
  if (!entry) return nothing;
  const slot = slotOf(draft, entry);
  const item = draft.items.get(itemOf(entry, draft.slots.value));
  return html`<p class="faint fs13">${say("cap.entry_at", { t: clock(entry.at) })}</p>
    ${
      slot
        ? html`<div class="photo photo--l">
            ${picture(slot.sha256, () => thumbOf(slot), say("cap.photo"))}
          </div>`
        : nothing
    }
    ${item ? nothing : editing(draft, entry)}
    ${
      item
        ? html`<button
            class="btn btn--b btn--lg btn--wrap"
            @click=${() => void told(takeOff(draft, { ...entry, item: item.code }))}
          >
            ${icon("undo")}${say("cap.take_off", { x: numberOf(draft.rubric, item) })}
          </button>`
        : choices(draft, entry)
    }
    ${
      item
        ? nothing
        : html`<button class="btn btn--dq btn--b" @click=${() => void remove(draft, entry)}>
            ${icon("trash")}${say(slot ? "photo.drop" : "cap.drop")}
          </button>`
    }`;
}

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
function editing(draft, entry) {
  const change = (/** @type {Partial<CaptureRow>} */ facts) => keep(draft, { ...entry, ...facts });
  const typed = (/** @type {Event} */ event) =>
    change({ text: /** @type {HTMLTextAreaElement} */ (event.target).value });
  return html`<label class="field"
      ><span>${say("cap.text")}</span
      ><textarea
        class="input"
        rows="2"
        maxlength=${LONGEST}
        .value=${entry.text}
        @input=${typed}
      ></textarea>
    </label>
    ${
      entry.kind === "tally"
        ? stepper({
            label: say("cap.tally"),
            shown: entry.count,
            less: say("cap.one_less"),
            more: say("cap.one_more"),
            canLess: entry.count > 0,
            canMore: entry.count < 999,
            onStep: (by) => change({ count: entry.count + by }),
          })
        : nothing
    }`;
}

/**
 * Every item, those of the section it was filed under first.
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
function choices(draft, entry) {
  const { sections } = draft.rubric;
  const own = sections.filter((section) => section.key === entry.section);
  const order = [...own, ...sections.filter((section) => section.key !== entry.section)];
  const place = (/** @type {string} */ code) => {
    const item = draft.items.get(code);
    hide();
    if (item) void told(placeAt(draft, entry, item));
  };
  return html`<h3 class="sect-t">${say("cap.place_q")}</h3>
    <p class="help">${say("cap.place_help")}</p>
    ${itemPicker(draft, order, place)}
    ${
      entry.kind === "photo"
        ? nothing
        : html`<button class="btn btn--b" @click=${hide}>${say("cap.leave")}</button>`
    }`;
}

/**
 * Throws an entry away, with six seconds to take that back. Of a photo with words the words stay, an entry of their
 * own.
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
async function remove(draft, entry) {
  hide();
  const slot = slotOf(draft, entry);
  if (slot) return removeWithUndo(draft, [slot]);
  drop(draft, entry);
  toast({
    icon: "trash",
    message: say("cap.dropped"),
    act: say("common.undo"),
    onAct: () => keep(draft, entry),
  });
}
