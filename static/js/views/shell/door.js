import { html, nothing, render } from "../../../vendor/lit-html.js";
import { effect, signal } from "../../../vendor/signals-core.js";
import { account, locked } from "../../sync/session.js";
import { bigHead } from "../../ui/frame.js";
import { island } from "../../ui/island.js";
import { preferences } from "../../ui/preferences.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { learn, say } from "../../wording/say.js";
import { signInScreen } from "../account/sign_in.js";
import { covered } from "../cover/covered.js";

/** What draws everything behind the sign-in; null while it is on its way. */
const inside = signal(/** @type {(() => unknown) | null} */ (null));
const lost = signal(false);

/** What asks for the PIN, fetched only where there is one. */
const lock = signal(/** @type {(() => unknown) | null} */ (null));

/** @typedef {{enterApp: () => void, app: () => unknown, fetchTheRest: () => Promise<unknown>}} App */

/** @type {Map<string, Promise<App>>} */
const opening = new Map();

/**
 * Shows the sign-in to strangers and the app to everybody else.
 * @param {HTMLElement} root
 */
export function mountDoor(root) {
  root.replaceChildren();
  effect(() => {
    if (account.value) void openApp();
  });
  effect(() => {
    if (locked.value) void fetchLock();
  });
  effect(() => {
    // A stranger keeps the form they type in, whatever arrives meanwhile.
    if (account.value) render(inside.value?.() ?? coming(), root);
    else render(stranger(), root);
  });
  effect(() => {
    document.title = title();
  });
}

/** The name in the phone's list of apps gives away no more than the screen does. */
function title() {
  if (covered.value) return say("cover.app");
  if (!locked.value) return say("app.name");
  return say(preferences.value.discreet ? "cover.app" : "lock.title");
}

/** Most phones are inspectors': theirs is fetched while a stranger still types. */
const role = () => account.peek()?.role ?? locked.peek()?.role ?? "inspector";

/** Fetches the app behind the sign-in, once for each role, and enters it as soon as its person is known. */
export async function openApp() {
  const wanted = role();
  try {
    const { enterApp, app } = await fetched(wanted);
    if (inside.peek() || account.peek()?.role !== wanted) return;
    enterApp();
    inside.value = app;
  } catch {
    lost.value = true;
  }
}

/**
 * @param {string} wanted
 * @returns {Promise<App>}
 */
function fetched(wanted) {
  const app = opening.get(wanted) ?? (wanted === "store_staff" ? staffApp() : inspectorsApp());
  opening.set(wanted, app);
  return app;
}

/** What it needs was announced by the server in a list: side by side, as each module names the next only once it is there. */
async function inspectorsApp() {
  const list = document.getElementById("later");
  if (list instanceof HTMLTemplateElement) document.head.append(list.content.cloneNode(true));
  const [app] = await Promise.all([import("./app.js"), learn("visits")]);
  return app;
}

async function staffApp() {
  return (await import("./staff_door.js")).fetchStaffApp();
}

async function fetchLock() {
  try {
    const { lockScreen, prepareLock } = await import("../account/unlock.js");
    await prepareLock();
    lock.value = lockScreen;
  } catch {
    lock.value = absent;
  }
}

/** Everything else of this version, once nothing more urgent is to be done. */
export async function fetchAll() {
  await (await fetched(role())).fetchTheRest();
}

function stranger() {
  return html`<div class="m" ${island(locked.value ? lockPlace : signInScreen)}></div>`;
}

function lockPlace() {
  return lock.value?.() ?? nothing;
}

function coming() {
  if (lost.value) return absent();
  return html`${bigHead({ title: say("app.name") })}${skeleton(3, say("common.loading"))}`;
}

/** The network went before this part of the app was ever on the phone. */
export function absent() {
  const action = retryButton(() => location.reload());
  return html`${bigHead({ title: say("app.name") })}
    <main id="main" class="ctr">
      ${empty("off", { title: say("app.absent"), help: say("app.absent_help"), action })}
    </main>`;
}
