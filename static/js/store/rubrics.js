/** @import {Rubric} from "../types.js" */
import { within } from "./database.js";

/**
 * @param {string} digest
 * @returns {Promise<Rubric | undefined>}
 */
export async function rubricOf(digest) {
  const row = await within(["rubrics"], "readonly", (tx) => tx.objectStore("rubrics").get(digest));
  return row?.rubric;
}

/** @returns {Promise<Set<string>>} digests of the rubrics on this phone */
export async function rubricsHere() {
  const keys = await within(["rubrics"], "readonly", (tx) =>
    tx.objectStore("rubrics").getAllKeys(),
  );
  return new Set(keys);
}

/**
 * A published version never changes, so it is written once.
 * @param {string} digest
 * @param {Rubric} rubric
 */
export async function keepRubric(digest, rubric) {
  await within(["rubrics"], "readwrite", (tx) => tx.objectStore("rubrics").put({ digest, rubric }));
}
