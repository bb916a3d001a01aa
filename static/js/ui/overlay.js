import { html } from "../../vendor/lit-html.js";
import { repeat } from "../../vendor/lit-repeat.js";
import { signal } from "../../vendor/signals-core.js";
import { icon } from "./icon.js";
import { island } from "./island.js";
import { opens } from "./opens.js";
import { toastPlace } from "./toast.js";

/** `full` fills the screen and closes itself. @typedef {{kind: "dialog" | "sheet" | "full", title: string,
 *   body: () => unknown, close: string, onClose?: () => void}} Overlay */

const current = signal(/** @type {Overlay | null} */ (null));

/** @param {Overlay} overlay what lies over the screen until it is answered or closed, or the screen is left */
export function show(overlay) {
  put(overlay);
  over = location.hash;
  addEventListener("hashchange", left);
}

/** Over which screen it lies. */
let over = "";

function left() {
  if (location.hash !== over) hide();
}

/** @param {Overlay | null} next */
function put(next) {
  const before = current.peek();
  current.value = next;
  if (before !== next) before?.onClose?.();
}

export function hide() {
  const shown = document.querySelector("dialog.veil");
  // Closing first gives the focus back to where it came from.
  if (shown instanceof HTMLDialogElement && shown.open && shown.close) shown.close();
  put(null);
}

/** What lies over the page. An open dialog has the toasts inside: nothing outside of it can be tapped or heard. */
export function layers() {
  return html`${toastPlace(() => current.value !== null)}
    <div ${island(overlays)}></div>`;
}

/** The native dialog keeps the focus inside and gives it back afterwards. */
function overlays() {
  const shown = current.value;
  return repeat(shown ? [shown] : [], (one) => one, drawn);
}

/** @param {Overlay} shown */
function drawn(shown) {
  const closed = () => {
    if (current.peek() === shown) put(null);
  };
  const outside = (/** @type {Event} */ event) => {
    if (event.target === event.currentTarget && shown.kind === "sheet") hide();
  };
  return html`<dialog
    class="veil ${shown.kind === "dialog" ? "" : "veil--b"}"
    aria-labelledby="over-title"
    ${opens()}
    @close=${closed}
    @click=${outside}
  >
    ${DRAWN[shown.kind](shown)} ${toastPlace()}
  </dialog>`;
}

const DRAWN = { sheet, dialog, full };

/** @param {Overlay} shown */
function full(shown) {
  return html`<div class="full">
    <h2 class="sr" id="over-title">${shown.title}</h2>
    ${shown.body()}
  </div>`;
}

/** @param {Overlay} shown */
function sheet(shown) {
  return html`<div class="sheet">
    <div class="sheet__h">
      <h2 class="grow" id="over-title">${shown.title}</h2>
      <button class="ib" aria-label=${shown.close} @click=${hide}>${icon("x")}</button>
    </div>
    <div class="sheet__b">${shown.body()}</div>
  </div>`;
}

/** @param {Overlay} shown */
function dialog(shown) {
  return html`<div class="dialog">
    <div class="dialog__b"><h2 id="over-title">${shown.title}</h2></div>
    ${shown.body()}
  </div>`;
}
