import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { sizeWords } from "../../model/size_words.js";
import { persistent } from "../../store/persistence.js";
import { say } from "../../wording/say.js";

const room = signal(/** @type {{used: number, free: number} | null} */ (null));

/** Looks how much this browser keeps for the app and what it says is left. */
export async function lookAtRoom() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  room.value =
    usage === undefined || quota === undefined ? null : { used: usage, free: quota - usage };
}

/** How much is stored on this phone, and whether the browser promised to keep it. */
export function storageCells() {
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
          ><span class="muted fs14"
            >${say(persistent.value ? "storage.promised" : "storage.not_promised")}</span
          >
        </div>`
  }`;
}
