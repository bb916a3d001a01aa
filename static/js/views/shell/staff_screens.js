import { html } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { bigHead } from "../../ui/frame.js";
import { skeleton } from "../../ui/states.js";
import { learn, say } from "../../wording/say.js";
import { absent } from "./door.js";
import { homeScreen } from "../notices/home.js";
import { noticeScreen } from "../notices/notice.js";

/** @typedef {() => unknown} Screen */

/**
 * Where the screens of store staff come from that are not there from the start.
 * @type {Record<string, () => Promise<Screen>>}
 */
const SOURCES = {
  line: async () => (await import("../lines/line.js")).lineScreen,
  history: async () => (await import("../notices/past.js")).pastScreen,
  appeals: async () => (await import("../appeals/list.js")).appealsScreen,
  appeal: async () => (await import("../appeals/appeal.js")).appealScreen,
  inbox: async () => (await import("../inbox/inbox.js")).inboxScreen,
  "self-check": async () => (await import("../notices/self_check.js")).selfCheckScreen,
  outbox: async () => (await import("../sendings/sendings.js")).sendingsScreen,
  me: async () => {
    const { staffMeScreen, prepareStaffMe } = await import("../me/staff_me.js");
    await learn("me", "form", "record");
    await prepareStaffMe();
    return staffMeScreen;
  },
};

const here = signal(
  /** @type {ReadonlyMap<string, Screen>} */ (
    new Map([
      ["tasks", homeScreen],
      ["notice", noticeScreen],
    ])
  ),
);

/** @type {Map<string, Screen>} */
const places = new Map();

/**
 * What draws a screen, always the same function for the same name.
 * @param {string} name
 */
export function staffScreenOf(name) {
  const known = places.get(name) ?? (() => (here.value.get(name) ?? coming)());
  places.set(name, known);
  return known;
}

/**
 * Fetches a screen, once.
 * @param {string} name
 */
export async function fetchStaffScreen(name) {
  const source = SOURCES[name];
  if (!source || (here.peek().has(name) && here.peek().get(name) !== absent)) return;
  const screen = await worded(source).catch(() => absent);
  here.value = new Map(here.peek()).set(name, screen);
}

/** Every screen but the first two says what stands in the staff's part. @param {() => Promise<Screen>} source */
async function worded(source) {
  const { styled } = await import("../../ui/styled.js");
  const [screen] = await Promise.all([source(), learn("staff"), styled("staff")]);
  return screen;
}

/** Fetches what may be needed later while there is a network. */
export async function fetchStaffScreens() {
  const more = [
    import("../account/unlock.js"),
    import("../../sync/traces.js"),
    import("../../sync/hold.js"),
    import("../../sync/line_desk.js"),
    import("../drafts/came_back.js"),
    import("../account/locking.js"),
    import("../../store/purge.js"),
    import("../../store/purge_staff.js"),
    import("../../store/persistence.js"),
    import("../../sync/staff_more.js"),
  ];
  await Promise.allSettled([...Object.keys(SOURCES).map(fetchStaffScreen), ...more]);
}

function coming() {
  return html`${bigHead({ title: say("app.name") })}${skeleton(3, say("common.loading"))}`;
}
