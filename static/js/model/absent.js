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
