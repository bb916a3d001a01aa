/** @import {Place} from "../types.js" */

/** At most this far from the store, accuracy included, is at the store. The server grades the same. */
const NEAR_M = 300;
/** Surely farther away than this is not. */
const FAR_M = 500;

const EARTH_M = 6_371_009;

/** @typedef {{grade: "near" | "far" | "unsure" | "unknown", distance_m: number | null, accuracy_m: number | null}} Graded */
/** @typedef {{latitude_e6: number | null, longitude_e6: number | null}} Spot */

/**
 * How surely a phone was at its store. A hint, never a bar.
 * @param {Place | null} place
 * @param {Spot | null} store
 * @returns {Graded}
 */
export function graded(place, store) {
  if (!place) return { grade: "unknown", distance_m: null, accuracy_m: null };
  const { accuracy_m } = place;
  const spot = store && spotOf(store);
  if (!spot) return { grade: "unknown", distance_m: null, accuracy_m };
  const distance_m = metres(place, spot);
  return { grade: grade(distance_m, accuracy_m), distance_m, accuracy_m };
}

/**
 * @param {Spot} store
 * @returns {[number, number] | null}
 */
function spotOf({ latitude_e6, longitude_e6 }) {
  return latitude_e6 === null || longitude_e6 === null ? null : [latitude_e6, longitude_e6];
}

/**
 * @param {number} distance
 * @param {number} accuracy
 * @returns {Graded["grade"]}
 */
function grade(distance, accuracy) {
  if (distance - accuracy > FAR_M) return "far";
  // No receiver is exact to the metre.
  return accuracy > 0 && distance + accuracy <= NEAR_M ? "near" : "unsure";
}

/**
 * The distance along the ground, in whole metres.
 * @param {Place} place
 * @param {[number, number]} store
 */
function metres(place, [latitude, longitude]) {
  const north = radians(place.latitude_e6);
  const other = radians(latitude);
  const east = radians(longitude - place.longitude_e6);
  const bow =
    Math.sin((other - north) / 2) ** 2 +
    Math.cos(north) * Math.cos(other) * Math.sin(east / 2) ** 2;
  return Math.round(2 * EARTH_M * Math.asin(Math.sqrt(Math.min(1, bow))));
}

/** @param {number} e6 */
function radians(e6) {
  return ((e6 / 1e6) * Math.PI) / 180;
}
