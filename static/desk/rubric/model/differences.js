/** @import {Doc, Path, Step} from "../types.js" */
import { at, same } from "./document.js";
import { summed } from "./sums.js";

/** A place where two versions of a draft say different things. @typedef {{path: Path, mine: unknown, theirs: unknown}} Difference */

/**
 * Where two versions differ, as near to the single field as both have it.
 * @param {any} mine
 * @param {any} theirs
 * @param {Step[]} [path]
 * @returns {Difference[]}
 */
export function differences(mine, theirs, path = []) {
  if (same(mine, theirs)) return [];
  if (!alike(mine, theirs)) return [{ path, mine, theirs }];
  const keys = Array.isArray(mine)
    ? Array.from({ length: Math.max(mine.length, theirs.length) }, (_, index) => index)
    : [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return keys.flatMap((key) => differences(mine[key], theirs[key], [...path, key]));
}

/**
 * Where two drafts differ for somebody to decide: marks a section has from its items follow those.
 * @param {Doc} mine
 * @param {Doc} theirs
 */
export function choices(mine, theirs) {
  const follows = (/** @type {Doc} */ draft, /** @type {Path} */ path) => {
    const section = at(draft, path.slice(0, 2));
    return section?.full !== undefined && summed(section) === section;
  };
  return differences(mine, theirs).filter(({ path }) => {
    const isSum = path.length === 3 && path[0] === "sections" && path[2] === "full";
    return !isSum || !follows(mine, path) || !follows(theirs, path) || over(mine, theirs, path);
  });
}

/**
 * Whether the section has marks of its own in either.
 * @param {Doc} mine
 * @param {Doc} theirs
 * @param {Path} path
 */
function over(mine, theirs, path) {
  return [mine, theirs].some((draft) => at(draft, path.slice(0, 2))?.over_allocated);
}

/**
 * Whether both are tables, or both lists of the same things.
 * @param {any} one
 * @param {any} other
 */
function alike(one, other) {
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  return Array.isArray(one) === Array.isArray(other);
}
