/** @import {UploadRow} from "../types.js" */
import { isAbsent } from "./absent.js";

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
