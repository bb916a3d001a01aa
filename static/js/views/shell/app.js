import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, untracked } from "../../../vendor/signals-core.js";
import { interruptions } from "../../store/database.js";
import { assignments, recallAssignments, refreshAssignments } from "../../sync/assignments.js";
import { recallHistory, refreshHistory } from "../../sync/history.js";
import { watchLink } from "../../sync/link.js";
import { flush, outbox, recallOutbox, unsent } from "../../sync/outbox.js";
import { account } from "../../sync/session.js";
import { hearOthers } from "../../sync/windows.js";
import { showOnIcon } from "../../ui/badge.js";
import { island } from "../../ui/island.js";
import { leisure } from "../../ui/leisure.js";
import { layers } from "../../ui/overlay.js";
import { route } from "../../ui/route.js";
import { tabbar } from "../../ui/tabbar.js";
import { coverScreen } from "../cover/cover.js";
import { covered } from "../cover/covered.js";
import { recallVisits } from "../drafts/drafts.js";
import { fetchScreen, fetchScreens, screenOf } from "./screens.js";
import { updateBar } from "./update_bar.js";

const TABBED = new Set(["tasks", "outbox", "history", "me"]);

/** Begins to keep what is shown and what is sent true. */
export function enterApp() {
  effect(() => {
    const person = account.value;
    const { name, visit } = route.value;
    if (person) untracked(() => void enter(person.id, name, visit));
  });
  effect(() => {
    const id = account.value?.id;
    if (id) untracked(() => void settleIn(id));
  });
  effect(() => {
    // Fetched again whenever the visit gets further on its way; before that the server knows nothing of it.
    const { name, visit } = route.value;
    const sent = outbox.value.filter((row) => row.visit === visit).map((row) => row.state);
    const there = sent.every((state) => ["received", "complete", "unusable"].includes(state));
    if (name === "result" && there) untracked(() => void judge(visit));
  });
  effect(() => {
    if (interruptions.value) untracked(() => void saveAgain());
  });
  effect(() => {
    const listed = account.value ? (assignments.value?.data.assignments ?? []) : [];
    showOnIcon(listed.filter(({ state }) => state === "open").length);
  });
  watchWork();
  void import("../drafts/came_back.js").then(({ comeBack }) => comeBack());
}

/** @param {string} visit */
async function judge(visit) {
  const { fetchResult } = await import("../../sync/judged.js");
  await fetchResult(visit);
}

async function saveAgain() {
  await (await visitEntry())?.saveAgain().catch(quietly);
}

/** The whole page of somebody signed in. */
export function app() {
  if (covered.value) return coverScreen();
  const { name } = route.value;
  return html`<div class="m m--${name}">
      <div class="update-place" ${island(updateBar)}></div>
      <div class="screen" ${island(screenOf(name))}></div>
      ${TABBED.has(name) ? html`<div class="tab-place" ${island(() => tabbar(name, unsent.value.length))}></div>` : nothing}
    </div>
    ${layers()}`;
}

const quietly = () => undefined;

/** Every trigger for sending and for locking, and what is cleared up now and then. */
function watchWork() {
  // First and by itself: whatever else fails, the app locks.
  import("../account/locking.js").then(({ watchSight }) => watchSight(), quietly);
  watchLink(() => void flush());
  hearOthers(() => void recall());
  hearOthers(() => void import("../account/locking.js").then(({ lockNow }) => lockNow()), "lock");
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void flush();
  });
  effect(() => {
    const id = account.value?.id;
    if (id) untracked(() => void keepStorage(id).catch(quietly));
  });
}

async function recall() {
  const id = account.peek()?.id;
  if (id) await recallOutbox(id);
}

/** @param {string} id */
async function keepStorage(id) {
  await remembered;
  await leisure();
  const [{ checkPersistence }, { releasePixels }, { sealPlain }] = await Promise.all([
    import("../../store/persistence.js"),
    import("../../store/purge.js"),
    import("../../store/sweep.js"),
  ]);
  await checkPersistence();
  await releasePixels(id, Date.now()).catch(quietly);
  await sealPlain();
}

/** What the phone remembers of its person. @type {Promise<unknown>} */
let remembered = Promise.resolve();

/**
 * What a new person, or the one known from last time, finds.
 * @param {string} id
 */
async function settleIn(id) {
  // What the phone cannot read of one thing keeps nothing else from being shown, fetched or sent.
  const recalled = [recallAssignments, recallHistory, recallOutbox, recallVisits];
  remembered = Promise.allSettled(recalled.map((one) => one(id)));
  await remembered;
  await Promise.allSettled([refreshAssignments(id), flush()]);
  // So that the record opens without a network too.
  await refreshHistory(id).catch(quietly);
  const { settleCopies } = await import("../copies/copy_watch.js");
  await settleCopies(id);
  const { renewPush } = await import("../../sync/push.js");
  await renewPush(id).catch(quietly);
}

/**
 * What each tab looks up again when it is opened.
 * @type {Record<string, (id: string) => Promise<unknown>>}
 */
const FRESH = {
  tasks: async (id) => {
    scrollTo(0, 0);
    await Promise.allSettled([recallVisits(id), refreshAssignments(id)]);
  },
  history: refreshHistory,
  me: async (id) => {
    const { lookAtRoom } = await import("../me/storage_cells.js");
    await Promise.allSettled([recallVisits(id), lookAtRoom()]);
  },
  outbox: recallOutbox,
};

/**
 * @param {string} id
 * @param {string} name
 * @param {string} visit
 */
async function enter(id, name, visit) {
  const [visits] = await Promise.all([visit ? visitEntry() : lastEntry, fetchScreen(name)]);
  // Gone elsewhere while this was fetched: the draft is not to be held for nobody.
  const now = route.peek();
  if (now.name !== name || now.visit !== visit) return;
  await visits?.leaveVisit(name);
  if (visit) return visits?.enterVisit(id, name, visit);
  // Without a network the screen shows what it remembers.
  await FRESH[name]?.(id).catch(quietly);
}

/** @type {Promise<typeof import("./visit_entry.js") | undefined>} */
let lastEntry = Promise.resolve(undefined);

/** What opens a visit comes with the first one opened; `absent` says what to do if it cannot. */
function visitEntry() {
  lastEntry = import("./visit_entry.js").catch(() => undefined);
  return lastEntry;
}

/** Everything of this version that is not here yet, once the first screen shows what it has to show. */
export async function fetchTheRest() {
  await remembered;
  await leisure();
  await fetchScreens();
}
