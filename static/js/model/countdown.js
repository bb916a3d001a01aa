/** @typedef {{late: boolean, days: number, hours: number, minutes: number}} Left */

const MINUTE = 60_000;

/**
 * How long it is to a deadline, or how long it has been over, in whole minutes: what is shown is never more than
 * what is left.
 * @param {string | number} due
 * @param {number} now
 * @returns {Left}
 */
export function timeLeft(due, now) {
  const ms = new Date(due).getTime() - now;
  const late = ms < 0;
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const days = Math.floor(minutes / 1440);
  return { late, days, hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}

/**
 * The two largest parts that say something, as people count: 2 days 21 hours, 18 hours 25 minutes, 5 minutes.
 * @param {Left} left
 * @returns {["d" | "h" | "m", number][]}
 */
export function spoken({ days, hours, minutes }) {
  if (days) return hours ? [part("d", days), part("h", hours)] : [part("d", days)];
  if (hours) return minutes ? [part("h", hours), part("m", minutes)] : [part("h", hours)];
  return [part("m", minutes)];
}

/**
 * @param {"d" | "h" | "m"} unit
 * @param {number} n
 * @returns {["d" | "h" | "m", number]}
 */
function part(unit, n) {
  return [unit, n];
}

/** A clock that is off by more is worth a word. */
const OFF = 2 * MINUTE;

/**
 * Minutes the phone's clock is wrong by, where it matters; 0 where it does not.
 * @param {number} offset milliseconds the server is ahead
 */
export function clockError(offset) {
  return Math.abs(offset) < OFF ? 0 : Math.round(Math.abs(offset) / MINUTE);
}
