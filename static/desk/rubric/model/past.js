/** @import {Doc, Spot} from "../types.js" */

/** A moment of the draft: what it said and where one was. @typedef {{document: Doc, at: Spot}} Moment */

/** What was before and what was taken back, each nearest first; `by` is the field being typed in.
 * @typedef {{done: readonly Moment[], undone: readonly Moment[], by: string, since: number}} Past */

const MOST = 200;
const ONE_TYPING = 4000;

/** @type {Past} */
export const NO_PAST = { done: [], undone: [], by: "", since: 0 };

/**
 * Remembers a moment before it changes. Typing on in one field is one step back.
 * @param {Past} past
 * @param {Moment} before
 * @param {string} by what changes it: the field, or "" for a deed of its own
 * @param {number} now
 * @returns {Past}
 */
export function remembered(past, before, by, now) {
  const goesOn = by !== "" && by === past.by && now - past.since < ONE_TYPING;
  if (goesOn) return { ...past, undone: [], since: now };
  return { done: [before, ...past.done].slice(0, MOST), undone: [], by, since: now };
}

/**
 * One step back: the moment before, and the past seen from there. Null where there is none.
 * @param {Past} past
 * @param {Moment} now
 * @returns {{past: Past, moment: Moment} | null}
 */
export function undone(past, now) {
  const [moment, ...done] = past.done;
  if (!moment) return null;
  return { past: { done, undone: [now, ...past.undone], by: "", since: 0 }, moment };
}

/**
 * One step forward again.
 * @param {Past} past
 * @param {Moment} now
 * @returns {{past: Past, moment: Moment} | null}
 */
export function redone(past, now) {
  const [moment, ...left] = past.undone;
  if (!moment) return null;
  return { past: { done: [now, ...past.done], undone: left, by: "", since: 0 }, moment };
}
