/** @import {OpenDraft} from "../../store/open_draft.js" */
import { captures, keep, noteDown, runningWatch } from "./shelf.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { takePhotos } from "../photos/taking.js";

const RECENT = 10 * 60_000;

/** The four ways of noting something, the same on the notes screen and under the cover. */

/**
 * @param {OpenDraft} draft
 * @param {string} section
 * @param {string} text
 */
export function note(draft, section, text) {
  const words = text.trim();
  return Boolean(words && noteDown(draft, { kind: "note", section, text: words }));
}

/**
 * Counts on where one was counting just now in this section, else begins to count.
 * @param {OpenDraft} draft
 * @param {string} section
 */
export function count(draft, section) {
  const current = counting(draft, section);
  if (current) keep(draft, { ...current, count: Math.min(999, current.count + 1) });
  else noteDown(draft, { kind: "tally", section, count: 1 });
}

/**
 * The count going on in a section: the latest of its notes, not long ago, with no item yet.
 * @param {OpenDraft} draft
 * @param {string} section
 */
export function counting(draft, section) {
  const latest = [...captures(draft)]
    .filter((one) => one.section === section)
    .sort((a, b) => b.at.localeCompare(a.at))[0];
  if (latest?.kind !== "tally" || latest.item) return undefined;
  return Date.now() - Date.parse(latest.at) < RECENT ? latest : undefined;
}

/**
 * Starts the stopwatch, or stops the one that runs.
 * @param {OpenDraft} draft
 * @param {string} section
 */
export function time(draft, section) {
  const running = runningWatch(draft);
  if (running) keep(draft, { ...running, stopped_at: new Date().toISOString() });
  else noteDown(draft, { kind: "watch", section });
}

/**
 * Photos that belong to no item yet, each with its entry among the notes.
 * @param {OpenDraft} draft
 * @param {string} section
 * @param {readonly File[]} files
 */
export async function shoot(draft, section, files) {
  const before = new Set(draft.slots.peek().map((slot) => slot.sha256));
  await takePhotos(draft, "", files, "camera");
  const taken = draft.slots.peek().filter((slot) => !before.has(slot.sha256) && slot.item === "");
  for (const { sha256, taken_at } of taken)
    noteDown(draft, { kind: "photo", section, sha256, at: taken_at });
  if (taken.length) toast({ icon: "check", message: say("cap.kept") });
  return taken.length > 0;
}
