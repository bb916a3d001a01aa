/** @import {Language} from "../types.js" */

/** Days and hours are those of the stores, wherever the phone thinks it is. */
const ZONE = "Asia/Shanghai";

/**
 * @typedef {{year: string, month: string, day: string, weekday: string, hour: string, minute: string}} Parts
 */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(language, options) {
  const key = language + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options });
  formats.set(key, made);
  return made;
}

/**
 * @param {string | number} time
 * @returns {Parts}
 */
function parts(time) {
  const numeric = /** @type {const} */ ("2-digit");
  const options = {
    year: /** @type {const} */ ("numeric"),
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
  };
  const found = format("en", { ...options, hourCycle: "h23" }).formatToParts(new Date(time));
  return /** @type {Parts} */ (Object.fromEntries(found.map((part) => [part.type, part.value])));
}

/**
 * The clock: "14:05".
 * @param {string | number} time
 */
export function clock(time) {
  const { hour, minute } = parts(time);
  return `${hour}:${minute}`;
}

/**
 * The calendar day, sortable: "2026-11-18".
 * @param {string | number} time
 */
export function day(time) {
  const { year, month, day: ofMonth } = parts(time);
  return `${year}-${month}-${ofMonth}`;
}

/**
 * A date in words: "11月18日", "18 Nov".
 * @param {string | number} time
 * @param {Language} language
 */
export function date(time, language) {
  const month = language === "en" ? "short" : "long";
  const spoken = language === "en" ? "en-GB" : language;
  return format(spoken, { day: "numeric", month }).format(new Date(time));
}

/**
 * A date in words with the clock: "11月18日 14:05".
 * @param {string | number} time
 * @param {Language} language
 */
export function dateClock(time, language) {
  return `${date(time, language)} ${clock(time)}`;
}

/**
 * A date with its weekday: "11月18日 周三", "Wed 18 Nov".
 * @param {string | number} time
 * @param {Language} language
 */
export function longDate(time, language) {
  const weekday = format(language, { weekday: "short" }).format(new Date(time));
  return language === "en"
    ? `${weekday} ${date(time, language)}`
    : `${date(time, language)} ${weekday}`;
}

/**
 * Which day a time falls on, seen from now: today and its neighbours by name, then the date.
 * @param {string | number} time
 * @param {number} now
 * @returns {"today" | "tomorrow" | "yesterday" | "date"}
 */
export function dayName(time, now) {
  const dayLong = 86_400_000;
  const named = {
    [day(now)]: "today",
    [day(now + dayLong)]: "tomorrow",
    [day(now - dayLong)]: "yesterday",
  };
  return /** @type {"today" | "tomorrow" | "yesterday" | "date"} */ (named[day(time)] ?? "date");
}
