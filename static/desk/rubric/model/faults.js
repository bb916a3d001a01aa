/** @import {Fault, Path, Spot, Step} from "../types.js" */

/**
 * The path a fault names: "sections[3].items[2].full", "/sections/3/items/2/full" or without the first stroke.
 * @param {string} place
 * @returns {Step[]}
 */
export function pathOf(place) {
  const steps = place
    .replace(/:\d+$/, "")
    .split(/[/.[\]]+/)
    .filter(Boolean);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/**
 * The faults at a field, and within it.
 * @param {readonly Fault[]} faults
 * @param {Path} path
 * @returns {Fault[]}
 */
export function faultsAt(faults, path) {
  return faults.filter(({ path: place }) => {
    const found = pathOf(place);
    return path.every((step, index) => found[index] === step);
  });
}

/**
 * The faults of one place that no field within it shows.
 * @param {readonly Fault[]} faults
 * @param {Path} path
 * @returns {Fault[]}
 */
export function faultsOn(faults, path) {
  return faultsAt(faults, path).filter(({ path: place }) => pathOf(place).length === path.length);
}

/**
 * Where on the screen a place of the draft is; null: in what belongs to the whole card.
 * @param {Path} path
 * @returns {Spot | null}
 */
export function spotAt([sections, section, items, item]) {
  if (sections !== "sections" || typeof section !== "number") return null;
  return { section, item: items === "items" && typeof item === "number" ? item : null };
}
