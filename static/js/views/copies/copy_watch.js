import { effect, untracked } from "../../../vendor/signals-core.js";
import { noteSave } from "../../store/last_saves.js";
import { askForPersistence, persistent } from "../../store/persistence.js";
import { recallCopies } from "../../sync/copy_states.js";
import { copySoon, sendCopies, watchCopies } from "../../sync/draft_copies.js";
import "../../sync/fetched_photos.js";
import { online } from "../../sync/link.js";
import { findLost, recallRestored } from "../../sync/restoring.js";
import { account } from "../../sync/session.js";
import { route } from "../../ui/route.js";
import { captures } from "../captures/shelf.js";
import { desk } from "../drafts/desk.js";
import { recallVisits } from "../drafts/drafts.js";

/** How often the list of tasks asks what other devices did. */
const AGAIN = 60_000;

let watching = false;
let asked = 0;

/**
 * Compares the drafts of a person with the server's copies, and keeps both the same from then on.
 * @param {string} id
 */
export async function settleCopies(id) {
  await recallCopies(id);
  await recallRestored(id);
  asked = Date.now();
  if (!watching) watch();
  await compare(id);
}

/** @param {string} id */
async function compare(id) {
  asked = Date.now();
  // Looked up before anything is sent: what the system cleared is not overwritten with nothing.
  await findLost(id).catch(() => undefined);
  await recallVisits(id);
  await sendCopies();
}

function watch() {
  watching = true;
  watchCopies();
  effect(follow);
  effect(() => {
    const id = account.value?.id;
    const due = route.value.name === "tasks" && online.value && Date.now() - asked > AGAIN;
    if (id && due) untracked(() => void compare(id));
  });
  addEventListener("visibilitychange", () => {
    const id = account.peek()?.id;
    if (id && document.visibilityState === "visible") void compare(id);
  });
}

let begged = false;

/** Once something is saved there is something to lose: the browser is asked not to clear it by itself. */
function keepForGood() {
  if (begged || persistent.peek()) return;
  begged = true;
  void askForPersistence().catch(() => undefined);
}

/** Whatever changes on the desk is copied once the fingers rest. */
function follow() {
  const { draft } = desk.value;
  if (!draft?.isOpen.value) return;
  const { id } = draft.visit.value;
  const touched = draft.slots.value.length + draft.visit.value.saves + captures(draft).length;
  const { state, at } = draft.saved.value;
  if (!touched || state !== "saved") return;
  noteSave(id, at);
  untracked(keepForGood);
  untracked(copySoon);
}
