import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { icon } from "../../../js/ui/icon.js";

const LASTS = 8000;

/** What was just done, with the way back where there is one. */
const said = signal(/** @type {{words: string, act: string, onAct: () => void} | null} */ (null));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {string} words
 * @param {string} [act]
 * @param {() => void} [onAct]
 */
export function tell(words, act = "", onAct = () => undefined) {
  clearTimeout(timer);
  said.value = { words, act, onAct };
  timer = setTimeout(() => {
    said.value = null;
  }, LASTS);
}

/** The place where it is said; it is there before anything is, so that it is read out. */
export function saidPlace() {
  const now = said.value;
  const act = () => {
    said.value = null;
    now?.onAct();
  };
  return html`<div class="toasts toasts--desk" role="status" aria-live="polite">
    ${
      now
        ? html`<div class="toast">
            ${icon("check")}<span>${now.words}</span>${
              now.act ? html`<button type="button" @click=${act}>${now.act}</button>` : nothing
            }
          </div>`
        : nothing
    }
  </div>`;
}
