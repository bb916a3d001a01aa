/** @import {Assignment} from "../types.js" */

/**
 * The version a visit was answered by and the newest one assignments name, where that is a later one. A visit
 * answered by the earlier one is accepted and scored by it.
 * @param {readonly Assignment[]} assignments
 * @param {string} digest
 * @returns {{answered: number, newest: number} | null}
 */
export function newerRubric(assignments, digest) {
  const refs = assignments.map((assignment) => assignment.rubric);
  const own = refs.find((ref) => ref.digest === digest);
  if (!own) return null;
  const same = refs.filter((ref) => ref.code === own.code).map((ref) => ref.number);
  const newest = Math.max(...same);
  return newest > own.number ? { answered: own.number, newest } : null;
}
