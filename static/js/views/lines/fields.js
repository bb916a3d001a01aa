/** @import {LineDraft} from "../../types.js" */
/** @import {Lack} from "../../model/line_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { live } from "../../../vendor/lit-live.js";
import { signal } from "../../../vendor/signals-core.js";
import { LONGEST, lacks, withPhrase } from "../../model/line_draft.js";
import { clock } from "../../model/when.js";
import { deskSaved, put } from "../../sync/line_desk.js";
import { sendDraft } from "../../sync/line_sending.js";
import { online } from "../../sync/link.js";
import { standing } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/** Which draft somebody tried to send that lacks something: then it is said what. */
const tried = signal("");

/**
 * @param {LineDraft} draft
 * @param {"text" | "cause" | "prevention"} name
 * @param {{label: string, help?: string, rows?: number}} words
 */
export function area(draft, name, { label, help = "", rows = 3 }) {
  const typed = (/** @type {Event} */ event) =>
    put(draft, { [name]: /** @type {HTMLTextAreaElement} */ (event.target).value });
  const n = draft[name].trim().length;
  return html`<label class="field"
    ><span>${label}</span
    ><textarea
      class="input ${n > LONGEST ? "input--bad" : ""}"
      name=${name}
      rows=${rows}
      .value=${live(draft[name])}
      @input=${typed}
    ></textarea
    ><span class="row help"
      ><span class="grow">${help}</span><span class="num">${n} / ${LONGEST}</span></span
    ></label
  >`;
}

/**
 * Phrases that are put into the text with a tap, and taken out with another.
 * @param {LineDraft} draft
 * @param {readonly string[]} phrases
 */
export function phraseChips(draft, phrases) {
  return html`<div class="chips">
    ${phrases.map(
      (phrase) =>
        html`<button
          class="chip"
          type="button"
          aria-pressed=${draft.text.includes(phrase)}
          @click=${() => put(draft, { text: withPhrase(draft.text, phrase) })}
        >
          ${phrase}
        </button>`,
    )}
  </div>`;
}

/**
 * What stands at the foot of each panel: that the draft is kept, what it lacks, and the way to send it.
 * @param {LineDraft} draft
 * @param {{photoWanted: boolean, title: string, send: string, left?: unknown}} facts
 */
export function sendFoot(draft, { photoWanted, title, send, left = saved(draft) }) {
  const missing = lacks(draft, photoWanted);
  const tap = () => void trySending(draft, missing, title);
  return html`<footer class="m-foot">
    ${tried.value === draft.id && missing.length ? lacking(missing) : nothing}
    <div class="actionbar">
      <div class="desk-left fs13">${left}</div>
      <button class="btn btn--p btn--lg btn--g" @click=${tap}>${send}</button>
    </div>
  </footer>`;
}

/** @param {readonly Lack[]} missing */
function lacking(missing) {
  return html`<div class="banner banner--warn" role="alert">
    ${icon("alert")}<span class="grow"
      >${missing.map((lack) => say(`line.lack_${lack}`)).join(" ")}</span
    >
  </div>`;
}

/**
 * @param {LineDraft} draft
 * @param {readonly Lack[]} missing
 * @param {string} title
 */
async function trySending(draft, missing, title) {
  tried.value = missing.length ? draft.id : "";
  if (missing.length) return;
  try {
    await sendDraft(draft, title);
    toast({ icon: "check", message: say(sentWords()) });
  } catch {
    toast({ icon: "alert", message: say("line.not_sent") });
  }
}

/** Whether it goes out now, or once there is a network, or once somebody has signed in. */
function sentWords() {
  if (!online.peek()) return "line.sent_later";
  return standing.peek() === "out" ? "session.expired_help" : "line.sent";
}

/** @param {LineDraft} draft */
function saved({ changed_at }) {
  if (deskSaved.value === "failed")
    return html`<span class="crit" role="status"
      >${icon("alert", "i--s")} ${say("storage.unsaved")}</span
    >`;
  if (!changed_at) return html`<span class="faint">${say("line.draft_none")}</span>`;
  return html`<span class="faint" role="status"
    >${icon("check", "i--s good")} ${say("line.draft_saved", { t: clock(changed_at) })}</span
  >`;
}
