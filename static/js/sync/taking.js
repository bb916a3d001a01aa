/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
/** @import {Reason} from "./shrinking.js" */
import { signal } from "../../vendor/signals-core.js";
import { addPhoto, inTurn } from "./photos.js";
import { PictureFault } from "./shrinking.js";

/** A photo only memory holds, and how it gets into the database.
 * @typedef {{visit: string, item: string, name: string, keep: () => Promise<SlotRow>}} Taken
 */

/** A file that became no photo. @typedef {{visit: string, item: string, name: string, reason: Reason}} Fault */

/** Photos being made small and kept just now. */
export const shrinking = signal(/** @type {readonly Taken[]} */ ([]));

/** Photos the phone would not store: they live in memory until there is room. */
export const homeless = signal(/** @type {readonly Taken[]} */ ([]));

/** Files that became no photo, until somebody has read why. */
export const faults = signal(/** @type {readonly Fault[]} */ ([]));

/**
 * Those of one visit, or of one item of it.
 * @template {{visit: string, item: string}} T
 * @param {readonly T[]} all
 * @param {OpenDraft} draft
 * @param {string} [item] "" for those without one
 */
export function ofVisit(all, draft, item) {
  const { id } = draft.visit.peek();
  return all.filter((one) => one.visit === id && (item === undefined || one.item === item));
}

/**
 * Keeps photos at an item, one after the other, and notes those it cannot keep.
 * @param {OpenDraft} draft
 * @param {string} item
 * @param {readonly File[]} files
 * @param {SlotRow["origin"]} origin
 * @returns {Promise<SlotRow[]>} those that are safely on the phone
 */
export function addPhotos(draft, item, files, origin) {
  const visit = draft.visit.peek().id;
  return keepTaken(
    files.map((file) => ({
      ...{ visit, item, name: file.name },
      keep: () => addPhoto(draft, item, file, origin),
    })),
  );
}

/**
 * The same for photos that are kept in another way.
 * @param {readonly Taken[]} all
 * @returns {Promise<SlotRow[]>}
 */
export async function keepTaken(all) {
  /** @type {SlotRow[]} */
  const kept = [];
  shrinking.value = [...shrinking.peek(), ...all];
  for (const taken of all) {
    try {
      kept.push(await taken.keep());
    } catch (error) {
      note(taken, error);
    } finally {
      shrinking.value = shrinking.peek().filter((one) => one !== taken);
    }
  }
  return kept;
}

/**
 * @param {Taken} taken
 * @param {unknown} error
 */
function note(taken, error) {
  if (!(error instanceof PictureFault)) homeless.value = [...homeless.peek(), taken];
  else {
    const { visit, item, name } = taken;
    faults.value = [...faults.peek(), { visit, item, name, reason: error.reason }];
  }
}

/** Tries once more to keep what the phone would not store. */
export function keepHomeless() {
  const waiting = homeless.peek();
  homeless.value = [];
  return keepTaken(waiting);
}

/** @param {Fault} fault */
export function dismiss(fault) {
  faults.value = faults.peek().filter((one) => one !== fault);
}

/**
 * Whether photos of this visit are in memory only.
 * @param {OpenDraft} draft
 */
export function waitsForPhotos(draft) {
  return ofVisit([...shrinking.value, ...homeless.value], draft).length > 0;
}

/** Waits for every photo on its way. Resolves to whether all that was taken is in the database. */
export async function photosSettled() {
  do await inTurn(async () => undefined);
  while (shrinking.peek().length);
  return !homeless.peek().length;
}
