import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, untracked } from "../../../vendor/signals-core.js";
import { watchLink } from "../../sync/link.js";
import { flushSendings, recallSendings, toldOf } from "../../sync/sendings.js";
import { account } from "../../sync/session.js";
import {
  needNotice,
  noticesHere,
  recallNotices,
  refreshNotices,
} from "../../sync/store_notices.js";
import { hearOthers } from "../../sync/windows.js";
import { showOnIcon } from "../../ui/badge.js";
import { island } from "../../ui/island.js";
import { leisure } from "../../ui/leisure.js";
import { layers } from "../../ui/overlay.js";
import { route } from "../../ui/route.js";
import { learn, say } from "../../wording/say.js";
import { staffTabs } from "../notices/tabs.js";
import { toDo } from "../notices/to_do.js";
import { fetchStaffScreen, fetchStaffScreens, staffScreenOf } from "./staff_screens.js";
import { updateBar } from "./update_bar.js";

const TABBED = new Set(["tasks", "history", "appeals", "me"]);
/** Screens that show what is looked for behind the first one. */
const MORE = new Set(["appeals", "appeal", "inbox"]);

/** Begins to keep what is shown and what is sent true. */
export function enterApp() {
  effect(() => {
    const id = account.value?.id;
    const { name, visit } = route.value;
    if (id) untracked(() => void enter(id, name, visit));
  });
  effect(() => {
    const id = account.value?.id;
    if (id) untracked(() => void settleIn(id));
  });
  effect(() => showOnIcon(toDo.value.n));
  watchWork();
}

/** The whole page of somebody signed in. */
export function app() {
  const { name } = route.value;
  const tabbed = TABBED.has(name);
  return html`<div class="m m--${name} ${tabbed ? "m--tabbed" : ""}">
      <div class="update-place" ${island(updateBar)}></div>
      <div class="screen" ${island(staffScreenOf(name))}></div>
      ${tabbed ? html`<div class="tab-place" ${island(() => staffTabs(name))}></div>` : nothing}
    </div>
    ${layers()}`;
}

const quietly = () => undefined;

/** Every trigger for sending, for fetching and for locking. */
function watchWork() {
  import("../account/locking.js").then(lockSafely, quietly);
  import("../drafts/came_back.js").then(({ comeBack }) =>
    comeBack(async () => {
      await learn("staff");
      return say("line.came_back");
    }),
  );
  watchLink(() => void catchUp());
  hearOthers(() => void recall());
  hearOthers(() => void import("../account/locking.js").then(({ lockNow }) => lockNow()), "lock");
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void catchUp();
  });
}

/** @param {typeof import("../account/locking.js")} locking */
async function lockSafely({ settleWith, watchSight }) {
  // First and by itself: whatever else fails, the app locks.
  watchSight();
  const { deskSettled } = await import("../../sync/line_desk.js");
  settleWith(deskSettled);
}

/** Sends what waits, and looks what is new. */
async function catchUp() {
  const id = account.peek()?.id;
  if (id) await Promise.allSettled([flushSendings(), refreshNotices(id), lookAtMore(id)]);
}

/** @param {string} id */
async function lookAtMore(id) {
  const more = await import("../../sync/staff_more.js");
  await more.lookAtMore(id);
}

async function recall() {
  const id = account.peek()?.id;
  if (!id) return;
  const before = toldOf.peek().length;
  await Promise.allSettled([recallSendings(id), recallNotices(id)]);
  // What another window brought has become something the lists behind show.
  if (toldOf.peek().length < before) await lookAtMore(id);
}

/** What the phone remembers of its person. @type {Promise<unknown>} */
let remembered = Promise.resolve();

/**
 * What a new person, or the one known from last time, finds.
 * @param {string} id
 */
async function settleIn(id) {
  remembered = Promise.allSettled([recallNotices(id), recallSendings(id)]);
  await remembered;
  await catchUp();
  const [{ checkPersistence }, { releaseSendings }, { recallDrafts }] = await Promise.all([
    import("../../store/persistence.js"),
    import("../../store/purge_staff.js"),
    import("../../sync/line_desk.js"),
  ]);
  await recallDrafts(id).catch(quietly);
  await checkPersistence();
  await releaseSendings(id, Date.now()).catch(quietly);
  const { renewPush } = await import("../../sync/push.js");
  await renewPush(id).catch(quietly);
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string} notice
 */
async function enter(id, name, notice) {
  scrollTo(0, 0);
  await fetchStaffScreen(name);
  await takeLine(id, name, notice);
  if (name !== "appeal" && notice && !noticesHere.peek().has(notice))
    await needNotice(id, notice).catch(quietly);
  else if (name === "tasks") await Promise.allSettled([refreshNotices(id), lookAtMore(id)]);
  else if (MORE.has(name)) await lookAtMore(id).catch(quietly);
}

/**
 * Lays the drafts of a line or an appeal open for its screen, in this window only, and gives them back afterwards.
 * @param {string} id
 * @param {string} name
 * @param {string} notice
 */
async function takeLine(id, name, notice) {
  const { section } = route.peek();
  const [{ holdDraft, dropDraft }, { deskSettled, recallDrafts }] = await Promise.all([
    import("../../sync/hold.js"),
    import("../../sync/line_desk.js"),
  ]);
  const [no = ""] = section.split("-");
  const held = { line: `${notice}/${no}`, appeal: `appeals/${notice}` }[name];
  if (!held) {
    if (await deskSettled()) dropDraft();
    return;
  }
  if (await holdDraft(held)) await recallDrafts(id).catch(quietly);
}

/** Everything of this version that is not here yet, once the first screen shows what it has to show. */
export async function fetchTheRest() {
  await remembered;
  await leisure();
  await fetchStaffScreens();
}
