/** @import {CaptureRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { repeat } from "../../../vendor/lit-repeat.js";
import { itemOf } from "../../model/capture.js";
import { numberOf } from "../../model/numbering.js";
import { elapsed, isRunning, lapsOf, shown } from "../../model/stopwatch.js";
import { clock } from "../../model/when.js";
import { thumbOf } from "../../store/pictures.js";
import { icon } from "../../ui/icon.js";
import { picture } from "../../ui/thumb.js";
import { say, text } from "../../wording/say.js";
import { openEntry } from "./sheet.js";
import { slotOf } from "./placing.js";
import { seenSoFar } from "./shelf.js";
import { gradeWords } from "../presence/check_in_words.js";
import { ticking } from "./ticking.js";

/**
 * What was seen so far, each with its time. A tap opens an entry: its words, its item, its end.
 * @param {OpenDraft} draft
 */
export function captureLog(draft) {
  const entries = seenSoFar(draft);
  return html`<ol class="log">
    ${arrival(draft)}
    ${repeat(
      entries,
      (entry) => entry.id,
      (entry) => html`<li>${line(draft, entry)}</li>`,
    )}
  </ol>`;
}

/** @param {OpenDraft} draft */
function arrival(draft) {
  const { check_in, store } = draft.visit.value;
  if (!check_in) return nothing;
  return html`<li class="log__in">
    <time class="num">${clock(check_in.at)}</time><span class="grow">${say("here.in")}</span
    ><span class="faint fs13">${gradeWords(check_in.place, store)}</span>
  </li>`;
}

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
function line(draft, entry) {
  const slot = slotOf(draft, entry);
  const said = shortly(entry);
  return html`<button class="log__b" @click=${() => openEntry(draft, entry.id)}>
    <time class="num">${clock(entry.at)}</time
    ><span class="grow">${filed(draft, entry)}${said}${ending(draft, entry)}</span>${
      slot
        ? html`<span class="photo"
            >${picture(slot.sha256, () => thumbOf(slot), say("cap.photo"))}</span
          >`
        : icon(SIGNS[entry.kind], "faint")
    }
  </button>`;
}

const SIGNS = { note: "note", tally: "plus", watch: "clock", photo: "image" };

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
function filed(draft, entry) {
  const section = draft.rubric.sections.find((one) => one.key === entry.section);
  return section ? html`${text(section.short)} <span class="faint">·</span> ` : nothing;
}

/**
 * Whether it was put with an item.
 * @param {OpenDraft} draft
 * @param {CaptureRow} entry
 */
function ending(draft, entry) {
  const item = draft.items.get(itemOf(entry, draft.slots.value));
  const left = say(entry.kind === "photo" ? "cap.unplaced" : "cap.remark");
  const words = item ? say("cap.at_item", { x: numberOf(draft.rubric, item) }) : left;
  return html`<small class="faint">${words}</small>`;
}

/** @param {CaptureRow} entry */
function shortly(entry) {
  const words = entry.text.trim();
  if (entry.kind === "tally") return `${words || say("cap.tally")} ×${entry.count}`;
  if (entry.kind === "watch") return `${words || say("cap.watch")} ${time(entry)}`;
  return words || say("cap.photo");
}

/** @param {CaptureRow} watch */
function time(watch) {
  const now = isRunning(watch) ? ticking.value : 0;
  const laps = lapsOf(watch).map(shown).join(" ");
  const all = shown(elapsed(watch, now));
  return laps ? `${all} · ${say("cap.laps", { x: laps })}` : all;
}
