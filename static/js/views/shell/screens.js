import { html } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { bigHead } from "../../ui/frame.js";
import { skeleton } from "../../ui/states.js";
import { styled } from "../../ui/styled.js";
import { learn, say } from "../../wording/say.js";
import { absent } from "./door.js";
import { tasksScreen } from "../tasks/tasks.js";

/** @typedef {() => unknown} Screen */

/**
 * Where each screen but the first comes from. They are fetched when first opened, from the service worker's
 * files once it is installed, so that the first screen does not wait for all of them.
 * @type {Record<string, () => Promise<Screen>>}
 */
const SOURCES = {
  form: async () => (await import("../form/form.js")).formScreen,
  capture: async () => (await import("../captures/captures.js")).captureScreen,
  check: async () => (await import("../check/check.js")).checkScreen,
  result: async () => (await import("../record/result.js")).resultScreen,
  outbox: async () => (await import("../outbox/outbox.js")).outboxScreen,
  versions: async () => {
    await learn("sync");
    return (await import("../copies/taken_over.js")).versionsScreen;
  },
  transfer: async () => {
    await learn("sync");
    return (await import("../copies/transfer.js")).transferScreen;
  },
  restored: async () => {
    await learn("sync");
    return (await import("../copies/restore.js")).restoredScreen;
  },
  history: async () => (await import("../record/history.js")).historyScreen,
  me: async () => {
    const { meScreen, prepareMe } = await import("../me/me.js");
    await prepareMe();
    return meScreen;
  },
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
  // Any screen may say what another one says.
  const worded = learn("form", "record", "me");
  const [screen] = await Promise.all([source(), worded]).catch(() => [absent]);
  here.value = new Map(here.peek()).set(name, screen);
}

/**
 * Fetches what may be needed later while there is a network: without a service worker nothing else keeps it,
 * and a newer server no longer has it.
 */
export async function fetchScreens() {
  const more = [
    import("../tasks/actions.js"),
    import("../tasks/by_round.js"),
    import("../account/code_field.js"),
    import("../../sync/reference_photos.js"),
    import("./visit_entry.js"),
    import("../../sync/draft_summary.js"),
    import("../copies/copy_watch.js"),
    import("../account/unlock.js"),
    import("../photos/camera.js"),
    import("../photos/mark_up.js"),
    import("../captures/cover_pad.js"),
    import("../../sync/traces.js"),
    import("../../sync/judged.js"),
    import("../../store/persistence.js"),
    styled("camera"),
  ];
  await Promise.allSettled([...Object.keys(SOURCES).map(fetchScreen), ...more]);
}

function coming() {
  return html`${bigHead({ title: say("app.name") })}${skeleton(3, say("common.loading"))}`;
}
