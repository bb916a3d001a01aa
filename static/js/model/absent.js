/** @import {UploadRow} from "../types.js" */

/** What is known of a photo that is neither on this phone nor at the server: another phone may still send it. */
export const ABSENT = "absent";

/**
 * @param {UploadRow | undefined} row
 * @returns {boolean}
 */
export function isAbsent(row) {
  return row?.state === "refused" && row.problem === ABSENT;
}

/**
 * Where a photo is, as it is said on the screen. Its turn to be sent comes as long as nothing is known of it.
 * @param {UploadRow | undefined} row
 * @returns {UploadRow["state"] | "absent"}
 */
export function stateOf(row) {
  return isAbsent(row) ? "absent" : (row?.state ?? "waiting");
}

/**
 * Whether a photo goes on to the server by itself.
 * @param {UploadRow} row
 */
export function isTravelling({ state }) {
  return state === "waiting" || state === "sending";
}
