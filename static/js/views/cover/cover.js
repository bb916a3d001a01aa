import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { date } from "../../model/when.js";
import { icon } from "../../ui/icon.js";
import { language, learn, say } from "../../wording/say.js";
import { cover } from "./covered.js";

const HOLD = 2000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

function press() {
  clearTimeout(timer);
  timer = setTimeout(() => cover(false), HOLD);
}

function release() {
  clearTimeout(timer);
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.key === "Enter" && !event.repeat) press();
}

/** What can be noted down under the cover comes with the first cover. */
const pad = signal(/** @type {() => unknown} */ (() => nothing));
let fetched = false;

function fetchPad() {
  if (fetched) return;
  fetched = true;
  Promise.all([import("../captures/cover_pad.js"), learn("form")]).then(
    ([{ coverPad }]) => {
      pad.value = coverPad;
    },
    () => {
      fetched = false;
    },
  );
}

const LINES = /** @type {const} */ ([
  "cover.milk",
  "cover.soy",
  "cover.batteries",
  "cover.medicine",
  "cover.parcels",
]);

export function coverScreen() {
  fetchPad();
  return html`<div
    class="m cover"
    tabindex="0"
    aria-label=${say("cover.leave")}
    @pointerdown=${press}
    @pointerup=${release}
    @pointercancel=${release}
    @keydown=${key}
    @keyup=${release}
    @contextmenu=${(/** @type {Event} */ event) => event.preventDefault()}
  >
    <header class="m-head">
      <div class="navbar navbar--big">
        <div class="navbar__t">
          <h1>${say("cover.title")}</h1>
          <small>${date(Date.now(), language.value)}</small>
        </div>
      </div>
    </header>
    <main class="m-body">
      <ul class="memo">
        ${LINES.map((line, index) => {
          const done = index === 2;
          return html`<li class=${done ? "x" : ""}>
            <span class="box box--r ${done ? "box--mute" : ""}">${icon("check")}</span>${say(line)}
          </li>`;
        })}
      </ul>
    </main>
    ${pad.value()}
  </div>`;
}
