import { html, nothing } from "../../vendor/lit-html.js";
import { signal, untracked } from "../../vendor/signals-core.js";
import { icon } from "./icon.js";
import { island } from "./island.js";
import { route } from "./route.js";

/** @typedef {{icon: string, message: string, act?: string, onAct?: () => void}} Toast */

const SHORT = 3000;
const WITH_UNDO = 6000;

const current = signal(/** @type {(Toast & {screen: string}) | null} */ (null));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** A form is one screen, whichever section of it is shown. */
function screen() {
  const { name, visit } = route.value;
  return `${name} ${visit}`;
}

/**
 * Says something that needs no answer: three seconds, six where it can be undone, one at a time. An offer to
 * undo stays behind with its screen.
 * @param {Toast} said
 */
export function toast(said) {
  clearTimeout(timer);
  current.value = { ...said, screen: untracked(screen) };
  // Room at the end of the page, so that nothing stays hidden under the toast.
  document.documentElement.toggleAttribute("data-toast", true);
  timer = setTimeout(clearToast, said.act ? WITH_UNDO : SHORT);
}

/** Takes back what was said, because what it offered is over. */
export function clearToast() {
  current.value = null;
  document.documentElement.toggleAttribute("data-toast", false);
}

/**
 * A place for toasts. It is there before they are, so that they are read out.
 * @param {() => boolean} [isHidden]
 */
export function toastPlace(isHidden = () => false) {
  return html`<div
    class="toasts"
    role="status"
    aria-live="polite"
    ${island(() => (isHidden() ? nothing : toasts()))}
  ></div>`;
}

function toasts() {
  const said = current.value;
  if (!said || (said.act && said.screen !== screen())) return nothing;
  return one(said);
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
