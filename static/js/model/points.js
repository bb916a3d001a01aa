/** @import {Hundredths} from "../types.js" */

const FORM = /^(-?)(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?$/;
/** The minus sign people read; machines read the hyphen of `plain`. */
const MINUS = "\u2212";

/**
 * Reads "19.5" as 1950; null for anything but digits with at most two decimals.
 * @param {string} text
 * @returns {Hundredths | null}
 */
export function parse(text) {
  const form = FORM.exec(text);
  if (!form) return null;
  const [, sign, whole, part = ""] = form;
  const size = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return sign && size ? -size : size;
}

/**
 * The shortest text `parse` reads back: 1950 is "19.5", 300 is "3", -50 is "-0.5".
 * @param {Hundredths} points
 */
export function plain(points) {
  const size = Math.abs(points);
  const part = String(size % 100)
    .padStart(2, "0")
    .replace(/0{1,2}$/, "");
  return `${points < 0 ? "-" : ""}${Math.floor(size / 100)}${part && `.${part}`}`;
}

/**
 * A score as printed: one decimal, two where the second says something: "20.0", "96.68".
 * @param {Hundredths} points
 */
export function total(points) {
  const text = plain(points).replace("-", MINUS);
  return text.includes(".") ? text : `${text}.0`;
}

/**
 * Points lost as printed: 300 is "−3", 50 is "−0.5", nothing lost is "0".
 * @param {Hundredths} points
 */
export function loss(points) {
  return signed(-points);
}

/**
 * A difference as printed, its sign kept: 529 is "+5.29", -1547 is "−15.47", 0 is "0".
 * @param {Hundredths} points
 */
export function signed(points) {
  if (points === 0) return "0";
  return (points < 0 ? MINUS : "+") + plain(Math.abs(points));
}
