/** @import {CaptureRow, Meas} from "../types.js" */
import { plain } from "./points.js";

/** Seconds of one unit, by the English word the rubric has for it. */
const SECONDS = new Map([
  ["s", 1],
  ["sec", 1],
  ["second", 1],
  ["min", 60],
  ["minute", 60],
  ["h", 3600],
  ["hour", 3600],
]);

/**
 * How many seconds the unit of a measurement has; undefined where it is no time.
 * @param {Meas} rule
 */
export function secondsOf(rule) {
  const word = rule.unit.en.trim().toLowerCase();
  return SECONDS.get(word) ?? SECONDS.get(word.replace(/s$/, ""));
}

/**
 * How long a stopwatch ran or runs, in milliseconds. Only its start is kept, so that it survives whatever
 * happens to the app; a clock set back meanwhile makes no negative time.
 * @param {Pick<CaptureRow, "at" | "stopped_at">} watch
 * @param {number} now
 */
export function elapsed({ at, stopped_at }, now) {
  return Math.max(0, (stopped_at ? Date.parse(stopped_at) : now) - Date.parse(at));
}

/** @param {CaptureRow} capture */
export function isRunning(capture) {
  return capture.kind === "watch" && !capture.stopped_at;
}

/**
 * A time as a stopwatch shows it: "3:07", "1:02:09".
 * @param {number} ms
 */
export function shown(ms) {
  const all = Math.floor(ms / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  const rest = `${hours ? two(minutes) : minutes}:${two(all % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/**
 * A time in the unit of a measurement, at most two decimals, never more than it was.
 * @param {number} ms
 * @param {number} seconds of one unit
 */
export function measuredIn(ms, seconds) {
  return plain(Math.floor(ms / (seconds * 10)));
}

/**
 * The laps of a stopwatch, each since the one before.
 * @param {CaptureRow} watch
 */
export function lapsOf(watch) {
  return watch.laps.map((lap, index) =>
    Math.max(0, Date.parse(lap) - Date.parse(watch.laps[index - 1] ?? watch.at)),
  );
}
