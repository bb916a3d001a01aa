import { html, nothing } from "../../vendor/lit-html.js";
import { signal } from "../../vendor/signals-core.js";
import { icon } from "./icon.js";

/** @typedef {{icon: string, message: string, act?: string, onAct?: () => void}} Toast */

const SHORT = 3000;
const WITH_UNDO = 6000;

const current = signal(/** @type {Toast | null} */ (null));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Says something that needs no answer: three seconds, six where it can be undone, one at a time.
 * @param {Toast} said
 */
export function toast(said) {
  clearTimeout(timer);
  current.value = said;
  // Room at the end of the page, so that nothing stays hidden under the toast.
  document.documentElement.toggleAttribute("data-toast", true);
  timer = setTimeout(clearToast, said.act ? WITH_UNDO : SHORT);
}

/** Takes back what was said, because what it offered is over. */
export function clearToast() {
  current.value = null;
  document.documentElement.toggleAttribute("data-toast", false);
}

export function toasts() {
  const said = current.value;
  return html`<div class="toasts" role="status" aria-live="polite">
    ${said ? one(said) : nothing}
  </div>`;
}

/** @param {Toast} said */
function one(said) {
  const act = () => {
    clearToast();
    said.onAct?.();
  };
  return html`<div class="toast">
    ${icon(said.icon)}<span>${said.message}</span>${
      said.act ? html`<button @click=${act}>${said.act}</button>` : nothing
    }
  </div>`;
}
