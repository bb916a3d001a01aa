/** @import {Path, Step} from "../types.js" */
import { same } from "./document.js";

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
 * Whether both are tables, or both lists of the same things.
 * @param {any} one
 * @param {any} other
 */
function alike(one, other) {
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  return Array.isArray(one) === Array.isArray(other);
}
