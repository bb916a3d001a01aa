/** @import {Language} from "../types.js" */
import { date, dayName } from "./when.js";

/**
 * An assignment's window of days, as the facts of a sentence.
 * @param {string} from first day, "2026-11-18"
 * @param {string} to last day
 * @param {number} now
 * @param {Language} language
 * @returns {{kind: "today" | "tomorrow" | "yesterday" | "date" | "span", from: string, to: string}}
 */
export function windowWords(from, to, now, language) {
  const words = { from: date(from, language), to: date(to, language) };
  return { kind: from === to ? dayName(from, now) : "span", ...words };
}
