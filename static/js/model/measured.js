/** @import {Meas, MeasBand, Verdict} from "../types.js" */
import { parse } from "./points.js";

/**
 * What a measured text means: its hundredths, or null while it is not a number within the rule's limits.
 * @param {Meas} rule
 * @param {string} text
 */
export function measuredValue(rule, text) {
  const value = parse(text);
  return value === null || value < rule.least || value > rule.most ? null : value;
}

/**
 * The highest band a value passes; undefined: nothing is lost.
 * @param {Meas} rule
 * @param {number} value
 * @returns {MeasBand | undefined}
 */
export function bandOf(rule, value) {
  return [...rule.bands].sort((a, b) => b.above - a.above).find((band) => value > band.above);
}

/**
 * A measurement judges itself.
 * @param {Meas} rule
 * @param {string} text
 * @returns {Verdict | null}
 */
export function measuredVerdict(rule, text) {
  const value = measuredValue(rule, text);
  if (value === null) return null;
  return bandOf(rule, value) ? "loss" : "pass";
}
