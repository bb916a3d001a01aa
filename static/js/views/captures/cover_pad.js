/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { LONGEST } from "../../model/capture.js";
import { icon } from "../../ui/icon.js";
import { styled } from "../../ui/styled.js";
import { say } from "../../wording/say.js";
import { photoInput } from "../photos/fields.js";
import { leaveForCamera } from "../drafts/came_back.js";
import { count, counting, note, shoot, time } from "./making.js";
import { runningWatch } from "./shelf.js";
import { desk } from "../drafts/desk.js";

void styled("capture");

const open = signal(false);
/** What became of the last one: "" nothing yet. */
const sign = signal(/** @type {"" | "check" | "alert"} */ (""));

/**
 * Noting something without leaving the cover: the list's own "add" opens a line and three small signs. Nothing
 * here names what is noted, and nothing noted is shown.
 */
export function coverPad() {
  const { draft } = desk.value;
  if (!draft?.isOpen.value) return nothing;
  // The cover itself is left by holding it, or a key.
  const own = (/** @type {Event} */ event) => event.stopPropagation();
  return html`<div class="pad" @pointerdown=${own} @keydown=${own}>
    ${open.value ? tools(draft) : opener()}
  </div>`;
}

function opener() {
  return html`<button
    class="pad__open"
    aria-expanded="false"
    @click=${() => {
      open.value = true;
      sign.value = "";
    }}
  >
    ${icon("plus")}${say("cover.add")}
  </button>`;
}

/** @param {OpenDraft} draft */
function tools(draft) {
  const section = draft.visit.peek().at?.section ?? "";
  const leave = () => leaveForCamera(draft, undefined, "capture");
  const taken = async (/** @type {File[]} */ files) => {
    sign.value = (await shoot(draft, section, files)) ? "check" : "alert";
  };
  const going = counting(draft, section);
  return html`<form
      class="row"
      @submit=${(/** @type {Event} */ event) => write(draft, section, event)}
    >
      <label class="input grow"
        ><span class="sr">${say("cover.add")}</span
        ><input
          name="line"
          maxlength=${LONGEST}
          autocomplete="off"
          placeholder=${say("cover.line")}
      /></label>
      <button class="pad__b" aria-label=${say("cap.keep")}>${icon("check")}</button>
    </form>
    <div class="row pad__row">
      <label class="pad__b"
        >${photoInput({ leave, taken })}${icon("camera")}<span class="sr"
          >${say("cap.shutter")}</span
        ></label
      >
      <button
        class="pad__b"
        @click=${() => {
          count(draft, section);
          said();
        }}
      >
        ${going ? html`<b class="num">${going.count}</b>` : icon("plus")}<span class="sr"
          >${say("cap.tally")}</span
        >
      </button>
      <button
        class="pad__b"
        aria-label=${say("cap.watch")}
        aria-pressed=${runningWatch(draft) !== undefined}
        @click=${() => {
          time(draft, section);
          said();
        }}
      >
        ${icon(runningWatch(draft) ? "pending" : "clock")}
      </button>
      <span class="grow faint fs13" role="status"
        >${sign.value ? icon(sign.value, "i--s") : nothing}</span
      >
      <button
        class="pad__b"
        aria-label=${say("common.close")}
        @click=${() => {
          open.value = false;
        }}
      >
        ${icon("x")}
      </button>
    </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {string} section
 * @param {Event} event
 */
function write(draft, section, event) {
  event.preventDefault();
  const field = /** @type {HTMLFormElement} */ (event.target).elements.namedItem("line");
  const line = /** @type {HTMLInputElement} */ (field);
  if (!note(draft, section, line.value)) return;
  line.value = "";
  said();
}

function said() {
  sign.value = "check";
}
