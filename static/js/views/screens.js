import { html } from "../../vendor/lit-html.js";
import { signal } from "../../vendor/signals-core.js";
import { bigHead } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { empty, skeleton } from "../ui/states.js";
import { say } from "../wording/say.js";
import { tasksScreen } from "./tasks.js";

/** @typedef {() => unknown} Screen */

/**
 * Where each screen but the first comes from. They are fetched when first opened, from the service worker's
 * files once it is installed, so that the first screen does not wait for all of them.
 * @type {Record<string, () => Promise<Screen>>}
 */
const SOURCES = {
  form: async () => (await import("./form.js")).formScreen,
  check: async () => (await import("./check.js")).checkScreen,
  result: async () => (await import("./result.js")).resultScreen,
  outbox: async () => (await import("./outbox.js")).outboxScreen,
  history: async () => (await import("./history.js")).historyScreen,
  me: async () => (await import("./me.js")).meScreen,
};

const here = signal(/** @type {ReadonlyMap<string, Screen>} */ (new Map([["tasks", tasksScreen]])));

/** @type {Map<string, Screen>} */
const places = new Map();

/**
 * What draws a screen, always the same function for the same name.
 * @param {string} name
 */
export function screenOf(name) {
  const known = places.get(name) ?? (() => (here.value.get(name) ?? coming)());
  places.set(name, known);
  return known;
}

/**
 * Fetches a screen, once.
 * @param {string} name
 */
export async function fetchScreen(name) {
  const source = SOURCES[name];
  if (!source || (here.peek().has(name) && here.peek().get(name) !== absent)) return;
  const screen = await source().catch(() => absent);
  here.value = new Map(here.peek()).set(name, screen);
}

function coming() {
  return html`${bigHead({ title: say("app.name") })}${skeleton(3, say("common.loading"))}`;
}

/** The network went before this screen was ever on the phone. */
function absent() {
  const again = () => location.reload();
  const action = html`<button class="btn btn--p" @click=${again}>
    ${icon("refresh")}${say("common.retry")}
  </button>`;
  return html`${bigHead({ title: say("app.name") })}
    <main id="main" class="ctr">
      ${empty("off", { title: say("app.absent"), help: say("app.absent_help"), action })}
    </main>`;
}
