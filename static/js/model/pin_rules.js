/** What may be a PIN, and how long a wrong one makes everybody wait. */

export const SHORTEST = 6;
export const LONGEST = 32;

/** @typedef {"" | "short" | "digits" | "easy"} PinFault */

/**
 * Why this cannot be a PIN; empty: it can.
 * @param {string} pin
 * @returns {PinFault}
 */
export function pinFault(pin) {
  if (!/^\d*$/.test(pin) || pin.length > LONGEST) return "digits";
  if (pin.length < SHORTEST) return "short";
  return isEasy(pin) ? "easy" : "";
}

/**
 * The first ones anybody tries: one digit over and over, a pair repeated, a run up or down.
 * @param {string} pin
 */
function isEasy(pin) {
  const steps = new Set([...pin.slice(1)].map((digit, at) => Number(digit) - Number(pin[at])));
  const run = steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9);
  return run || /^(\d{1,3})\1+$/.test(pin);
}

/** Wrong tries that cost nothing but themselves: a thumb slips. */
const FREE = 4;
const SECOND = 1000;
const PAUSES = [30 * SECOND, 60 * SECOND, 300 * SECOND, 900 * SECOND];
const LAST = 3600 * SECOND;

/**
 * Milliseconds to wait after so many wrong tries in a row.
 * @param {number} wrong
 */
export function pauseAfter(wrong) {
  return wrong <= FREE ? 0 : (PAUSES[wrong - FREE - 1] ?? LAST);
}

/**
 * Milliseconds still to wait. A clock that was set back does not make it longer than it ever was.
 * @param {{wrong: number, until: number}} door
 * @param {number} now
 */
export function stillToWait({ wrong, until }, now) {
  return Math.max(0, Math.min(until - now, pauseAfter(wrong)));
}
