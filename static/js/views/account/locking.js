import { guardOf } from "../../store/pin.js";
import { forget } from "../../store/vault.js";
import { account } from "../../sync/session.js";
import { photosSettled } from "../../sync/taking.js";
import { tellOthers } from "../../sync/windows.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { desk } from "../drafts/desk.js";

const MINUTE = 60_000;

/** When the app, out of sight, has to be locked; 0: never. */
let due = 0;
let watching = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @type {() => Promise<boolean>} */
let settled = async () => ((await desk.peek().draft?.settled()) ?? true) && photosSettled();

/** @param {() => Promise<boolean>} work whether all that was entered is in the database, where it is no visit */
export function settleWith(work) {
  settled = work;
}

/** Locks the app after it was out of sight for as long as its owner allows. */
export function watchSight() {
  if (watching) return;
  watching = true;
  addEventListener("visibilitychange", () => void sight());
}

async function sight() {
  clearTimeout(timer);
  if (inSight()) {
    if (due && Date.now() >= due) await lockNow();
    due = 0;
    return;
  }
  const { pin, minutes } = await guardOf(account.peek()?.id ?? "");
  // It may have come back meanwhile.
  if (!pin || inSight()) return;
  due = Date.now() + minutes * MINUTE;
  timer = setTimeout(() => void lockNow(), minutes * MINUTE);
}

/** Locks every window of the app. */
export async function lockAll() {
  tellOthers("lock");
  await lockNow();
}

function inSight() {
  return document.visibilityState === "visible";
}

/**
 * Forgets the key and everything read with it. What could not be saved yet, photos
 * included, keeps the app open: a lock may
 * cost nobody their work.
 */
export async function lockNow() {
  document.body.hidden = true;
  if (!(await settled())) {
    document.body.hidden = false;
    return toast({ icon: "alert", message: say("storage.not_locked") });
  }
  forget();
  // Nothing but a new page empties every corner of memory.
  location.reload();
}
