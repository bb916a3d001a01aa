/** @import {LineFollow, SectionRow, StoreLine, StoreNotice, StoreNoticeListed} from "../types.js" */

/** Signed for, and later: nothing more to sign. */
const UNSIGNED = new Set(["issued", "delivered"]);

/** @param {{state: string}} notice */
export function isUnsigned({ state }) {
  return UNSIGNED.has(state);
}

/** Nothing is owed any more. */
const OVER = new Set(["closed", "void", "superseded"]);

/** @param {{state: string}} notice */
export function isOver({ state }) {
  return OVER.has(state);
}

/** @typedef {"open" | "submitted" | "returned" | "verified" | "withdrawn" | "disputed" | "overdue"} LineLook */

/** @typedef {Pick<LineFollow, "state" | "due_at" | "disputed">} Standing */

/**
 * What has become of a line since the notice was issued; before the server said anything, nothing has.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 * @returns {LineFollow | undefined}
 */
export function followOf({ follow }, { no }) {
  return follow?.find((one) => one.no === no);
}

/**
 * Until when a line is to be done; an extension or an appeal moves it.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
export function dueOf(notice, line) {
  return followOf(notice, line)?.due_at ?? line.due_at;
}

/** What the store has nothing to do about; whatever else a newer server says waits for the store. */
const THEIRS = new Set(["submitted", "verified", "withdrawn"]);

/**
 * How a line stands, as the store sees it. Overdue is nobody's state: it is a deadline that has passed, unless an
 * appeal has stopped the clock.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 * @param {number} now
 * @returns {LineLook}
 */
export function lineLook(notice, line, now) {
  const follow = followOf(notice, line);
  const state = follow?.state ?? "open";
  if (follow?.disputed) return "disputed";
  if (THEIRS.has(state)) return /** @type {LineLook} */ (state);
  if (Date.parse(dueOf(notice, line)) < now) return "overdue";
  return state === "returned" ? "returned" : "open";
}

/**
 * What a notice waits for, the most urgent first, and how many of its lines wait for nothing: as the server says it,
 * before a newer answer of the server does.
 * @param {StoreNotice} notice
 */
export function progressOf(notice) {
  const states = notice.lines.map((line) => followOf(notice, line)?.state ?? "open");
  const n = (/** @type {string} */ state) => states.filter((one) => one === state).length;
  const progress = n("returned")
    ? "returned"
    : n("open")
      ? "responding"
      : n("submitted")
        ? "submitted"
        : "verified";
  return { progress, settled: states.length - n("open") - n("returned") - n("submitted") };
}

/** @param {LineLook} look */
export function isToDo(look) {
  return look === "open" || look === "returned" || look === "overdue";
}

/** After every moment there is, also to those who sort by language. */
const STOPPED = "9999";

/** @typedef {{open: number, submitted: number, returned: number, overdue: number}} Counts */

/**
 * What the store has to do, over all its notices.
 * @param {readonly StoreNotice[]} notices
 * @param {number} now
 * @returns {Counts}
 */
export function counts(notices, now) {
  const looks = notices
    .filter((notice) => !isOver(notice))
    .flatMap((notice) => notice.lines.map((line) => lineLook(notice, line, now)));
  const n = (/** @type {LineLook} */ look) => looks.filter((one) => one === look).length;
  return {
    open: n("open"),
    submitted: n("submitted"),
    returned: n("returned"),
    overdue: n("overdue"),
  };
}

/**
 * Whether an appeal has stopped the clock of a line.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
export function isStopped(notice, line) {
  return Boolean(followOf(notice, line)?.disputed);
}

/**
 * The lines by deadline, the nearest first; within a group in the order of the notice. Those whose clock stands still
 * come last and together: no day of theirs is true yet.
 * @param {StoreNotice} notice
 * @returns {StoreLine[][]}
 */
export function byDeadline(notice) {
  /** @type {Map<string, StoreLine[]>} */
  const groups = new Map();
  const due = (/** @type {StoreLine} */ line) =>
    isStopped(notice, line) ? STOPPED : dueOf(notice, line);
  const sorted = [...notice.lines].sort((a, b) => due(a).localeCompare(due(b)) || a.no - b.no);
  for (const line of sorted) groups.set(due(line), [...(groups.get(due(line)) ?? []), line]);
  return [...groups.values()];
}

/**
 * The line to do next: of those that wait for the store the one with the nearest deadline.
 * @param {StoreNotice} notice
 * @param {number} now
 */
export function nextLine(notice, now) {
  if (isOver(notice)) return undefined;
  return byDeadline(notice)
    .flat()
    .find((line) => isToDo(lineLook(notice, line, now)));
}

/**
 * How many lines have the nearest deadline of all that wait.
 * @param {StoreNotice} notice
 * @param {number} now
 */
export function firstDue(notice, now) {
  const next = nextLine(notice, now);
  if (!next) return undefined;
  const due_at = dueOf(notice, next);
  const same = notice.lines.filter(
    (line) => dueOf(notice, line) === due_at && isToDo(lineLook(notice, line, now)),
  );
  return { due_at, n: same.length };
}

/**
 * The sections as the score bar draws them.
 * @param {readonly SectionRow[]} sections
 */
export function barOf(sections) {
  return sections.map(({ full_hundredths: full, score_hundredths: score }) => {
    const kept = score === null || !full ? 0 : Math.round((100 * score) / full);
    return { full, kept, seen: score === null ? 0 : 100 };
  });
}

/**
 * Which notices are worth having on the phone without being asked for: all that are not over, and the latest few.
 * @param {readonly StoreNoticeListed[]} listed latest first
 * @param {number} few
 */
export function worthKeeping(listed, few) {
  return listed.filter((notice, index) => index < few || !isOver(notice));
}
