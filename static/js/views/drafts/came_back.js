/** @import {OpenDraft} from "../../store/open_draft.js" */
import { sectionKeyOf } from "../../model/numbering.js";
import { formAt, goInstead, route } from "../../ui/route.js";
import { toast } from "../../ui/toast.js";
import { learn, say } from "../../wording/say.js";

const KEY = "mingcha.away";
const WITHIN = 30 * 60_000;

/**
 * Remembers where one is before another app opens over this one: phones with little memory kill the page then.
 * @param {OpenDraft} draft
 * @param {string} [item] the item a photo is taken for
 * @param {"form" | "capture"} [screen] where it is taken
 */
export function leaveForCamera(draft, item, screen = "form") {
  if (item) notePlace(draft, item);
  const { id, at } = draft.visit.peek();
  leaveAt(screen === "form" ? formAt(id, at?.section ?? "") : `#/visits/${id}/${screen}`);
}

/** @param {string} hash the screen to come back to */
export function leaveAt(hash) {
  write(JSON.stringify({ hash, left: Date.now() }));
  addEventListener("focus", isBack, { once: true });
}

/**
 * Keeps the item one is at with the draft.
 * @param {OpenDraft} draft
 * @param {string} item
 */
export function notePlace(draft, item) {
  if (draft.visit.peek().at?.item === item) return;
  draft.put([], { at: { section: sectionKeyOf(draft.rubric, item), item } });
}

/** The other app was left and this page still lives: nothing to make good. */
export function isBack() {
  write("");
}

/**
 * After a start: back to the very item, if the page was killed while the camera was open over it.
 * @param {() => Promise<string>} [words] what is said of it
 */
export async function comeBack(words = inspectorsWords) {
  const { hash, left } = read();
  isBack();
  if (!hash || Date.now() - left > WITHIN) return;
  if (route.peek().name === "tasks") goInstead(hash);
  toast({ icon: "camera", message: await words() });
}

async function inspectorsWords() {
  await learn("form");
  return say("photo.came_back");
}

/** @returns {{hash: string, left: number}} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "{}");
  } catch {
    return { hash: "", left: 0 };
  }
}

/** @param {string} value */
function write(value) {
  try {
    if (value) localStorage.setItem(KEY, value);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage refused: the app starts at today's tasks.
  }
}
