/** @import {StoreAppeal, StoreLine, StoreNotice} from "../types.js" */
import { followOf, isOver } from "./store_notice.js";

/** @typedef {"filed" | "advised" | "upheld" | "partly" | "rejected" | "withdrawn"} AppealState */

const DECIDED = new Set(["upheld", "partly", "rejected"]);

/** @param {Pick<StoreAppeal, "state">} appeal */
export function isDecided({ state }) {
  return DECIDED.has(state);
}

/**
 * How far each step of an appeal is: done, going on, to come. An appeal that was taken back goes no way any more.
 * @param {Pick<StoreAppeal, "state">} appeal
 * @returns {readonly ("on" | "now" | "")[]}
 */
export function stepsOf({ state }) {
  if (state === "withdrawn") return [];
  if (DECIDED.has(state)) return ["on", "on", "on"];
  return state === "advised" ? ["on", "on", "now"] : ["on", "now", ""];
}

/**
 * Lines a store may still appeal against, the nearest end of the window first.
 * @param {Iterable<StoreNotice>} notices
 * @param {number} now
 */
export function stillOpen(notices, now) {
  return [...notices]
    .filter((notice) => !isOver(notice))
    .flatMap((notice) => notice.lines.map((line) => disputable(notice, line)))
    .filter(({ closes_at }) => Date.parse(closes_at) > now)
    .sort((a, b) => a.closes_at.localeCompare(b.closes_at));
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
function disputable(notice, line) {
  const follow = followOf(notice, line);
  return { notice, line, closes_at: (!follow?.appeal && follow?.appeal_closes_at) || "" };
}
