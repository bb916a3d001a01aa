/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { elapsed, shown } from "../../model/stopwatch.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { photoInput } from "../photos/fields.js";
import { leaveForCamera } from "../drafts/came_back.js";
import { count, counting, shoot, time } from "./making.js";
import { runningWatch } from "./shelf.js";
import { cover } from "../cover/covered.js";
import { ticking } from "./ticking.js";

/**
 * The shutter under the thumb, with a word, a count, a time and the cover beside it.
 * @param {OpenDraft} draft
 * @param {string} section
 * @param {() => void} write
 */
export function captureTools(draft, section, write) {
  const current = counting(draft, section);
  return html`<div class="tools">
    <button class="tool" @click=${write}>
      ${icon("note", "i--l")}<small>${say("cap.write")}</small>
    </button>
    <button class="tool" @click=${() => count(draft, section)}>
      ${current ? html`<b class="num">${current.count}</b>` : icon("plus", "i--l")}<small
        >${say("cap.tally")}</small
      >
    </button>
    ${shutter(draft, section)} ${watch(draft, section)}
    <button class="tool" @click=${() => cover(true)}>
      ${icon("eyeoff", "i--l")}<small>${say("cap.cover")}</small>
    </button>
  </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {string} section
 */
function shutter(draft, section) {
  const leave = () => leaveForCamera(draft, undefined, "capture");
  const taken = (/** @type {File[]} */ files) => shoot(draft, section, files);
  return html`<label class="shut"
    >${photoInput({ leave, taken })}<span class="sr">${say("cap.shutter")}</span></label
  >`;
}

/**
 * @param {OpenDraft} draft
 * @param {string} section
 */
function watch(draft, section) {
  const running = runningWatch(draft);
  const t = running ? shown(elapsed(running, ticking.value)) : "";
  return html`<button class="tool" @click=${() => time(draft, section)}>
    ${running ? html`<b class="num">${t}</b>` : icon("clock", "i--l")}<small
      >${say(running ? "cap.watch_stop" : "cap.watch")}</small
    >
  </button>`;
}
