import { html, nothing, render } from "../../vendor/lit-html.js";
import { effect, untracked } from "../../vendor/signals-core.js";
import { recallAssignments, refreshAssignments } from "../sync/assignments.js";
import { recallHistory, refreshHistory } from "../sync/history.js";
import { fetchResult } from "../sync/judged.js";
import { flush, outbox, recallOutbox, unsent } from "../sync/outbox.js";
import { dropDraft, holdDraft } from "../sync/hold.js";
import { account } from "../sync/session.js";
import { tabbar } from "../ui/frame.js";
import { island } from "../ui/island.js";
import { overlays } from "../ui/overlay.js";
import { route } from "../ui/route.js";
import { toasts } from "../ui/toast.js";
import { covered, coverScreen } from "./cover.js";
import { desk, load, takeUp } from "./desk.js";
import { recallVisits } from "./drafts.js";
import { fetchScreen, screenOf } from "./screens.js";
import { signInScreen } from "./sign_in.js";
import { updateBar } from "./update_bar.js";

/** Screens that fill in a draft. */
const EDITED = new Set(["form", "check"]);
const TABBED = new Set(["tasks", "outbox", "history", "me"]);

/**
 * Puts the app on the page and keeps it true.
 * @param {HTMLElement} root
 */
export function mountApp(root) {
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
    if (name === "result" && there) untracked(() => void fetchResult(visit));
  });
  effect(() => {
    render(app(), root);
  });
}

function app() {
  if (!account.value)
    return html`<div class="m" ${island(signInScreen)}></div>
      ${layers()}`;
  if (covered.value) return coverScreen();
  const { name } = route.value;
  return html`<div class="m m--${name}">
      <div class="update-place" ${island(updateBar)}></div>
      <div class="screen" ${island(screenOf(name))}></div>
      ${TABBED.has(name) ? html`<div class="tab-place" ${island(() => tabbar(name, unsent.value.length))}></div>` : nothing}
    </div>
    ${layers()}`;
}

function layers() {
  return html`<div ${island(toasts)}></div>
    <div ${island(overlays)}></div>`;
}

/**
 * What a new person, or the one known from last time, finds.
 * @param {string} id
 */
async function settleIn(id) {
  await Promise.all([recallAssignments(id), recallHistory(id), recallOutbox(id), recallVisits(id)]);
  const quietly = () => undefined;
  await Promise.all([refreshAssignments(id).catch(quietly), flush()]);
  // So that the record opens without a network too.
  await refreshHistory(id).catch(quietly);
}

/**
 * What each tab looks up again when it is opened.
 * @type {Record<string, (id: string) => Promise<unknown>>}
 */
const FRESH = {
  tasks: async (id) => {
    scrollTo(0, 0);
    await recallVisits(id);
    await refreshAssignments(id);
  },
  history: refreshHistory,
  me: recallVisits,
  outbox: recallOutbox,
};

/**
 * @param {string} id
 * @param {string} name
 * @param {string} visit
 */
async function enter(id, name, visit) {
  await fetchScreen(name);
  if (!EDITED.has(name)) await putDown();
  // Without a network the screen shows what it remembers.
  if (!visit) return void (await FRESH[name]?.(id).catch(() => undefined));
  if (EDITED.has(name) && (await holdDraft(visit))) await load(id, visit);
  else await takeUp(id, visit);
  if (name === "form") return atItem(itemLeft());
  scrollTo(0, 0);
}

/** Lets other windows have the draft, once everything entered here is in the database. */
async function putDown() {
  const saved = (await desk.peek().draft?.settled()) ?? true;
  if (saved && !EDITED.has(route.peek().name)) dropDraft();
}

/** The item one was at, if it is in the section on the screen. */
function itemLeft() {
  const left = desk.peek().draft?.visit.peek().at;
  const { section } = route.peek();
  return !section || left?.section === section ? left?.item : "";
}

/**
 * Back to the item one was at, once it is drawn; a new section begins at its top.
 * @param {string | undefined} item
 */
function atItem(item) {
  requestAnimationFrame(() => {
    const place = item && document.getElementById(`item-${item}`);
    // The first item of a section is in sight together with the score.
    if (place && place.previousElementSibling) place.scrollIntoView({ block: "start" });
    else scrollTo(0, 0);
  });
}
