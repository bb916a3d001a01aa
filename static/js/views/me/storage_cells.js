import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { sizeWords } from "../../model/size_words.js";
import { persistent } from "../../store/persistence.js";
import { worksOffline } from "../../sync/worker.js";
import { say } from "../../wording/say.js";

const room = signal(/** @type {{used: number, free: number} | null} */ (null));

/** Looks how much this browser keeps for the app and what it says is left. */
export async function lookAtRoom() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  room.value =
    usage === undefined || quota === undefined ? null : { used: usage, free: quota - usage };
}

/**
 * How much is stored on this phone, and whether the browser promised to keep it.
 * @param {string} [unless] what to say where it did not
 */
export function storageCells(unless = say("storage.not_promised")) {
  return html`${
    room.value
      ? html`<div class="cell">
          <span class="grow"
            >${say("storage.used")}<small
              >${say("storage.free", { x: sizeWords(room.value.free) })}</small
            ></span
          ><span class="muted num fs14">${sizeWords(room.value.used)}</span>
        </div>`
      : nothing
  }${
    persistent.value === null
      ? nothing
      : html`<div class="cell">
          <span class="grow">${say("storage.promise")}</span
          ><span class="muted fs14">${persistent.value ? say("storage.promised") : unless}</span>
        </div>`
  }`;
}

/** Some browsers inside other apps keep drafts but cannot start without a network. */
export function offlineCell() {
  if (worksOffline.value === null) return nothing;
  const words = say(worksOffline.value ? "me.offline_yes" : "me.offline_no");
  return html`<div class="cell">
    <span class="grow">${say("me.offline")}</span><span class="muted fs14">${words}</span>
  </div>`;
}

/** Whether the browser promised to keep what is stored, in the head of the cells. */
export function persistence() {
  if (persistent.value === null) return nothing;
  return say(persistent.value ? "me.persistent" : "me.not_persistent");
}
