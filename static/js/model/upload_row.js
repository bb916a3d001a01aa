/** @import {UploadRow} from "../types.js" */

/** @typedef {Pick<UploadRow, "sha256" | "account" | "visit" | "size" | "document">} Named */

/**
 * A photo on this phone whose turn to be sent will come.
 * @param {Named} photo
 * @returns {UploadRow}
 */
export function toSend({ sha256, account, visit, size, document }) {
  const named = { sha256, account, visit, size, ...(document && { document }) };
  return { format: 1, ...named, offset: 0, state: "waiting", problem: "" };
}

/**
 * A photo believed to be at the server, until the server says it lacks it.
 * @param {Named} photo
 * @returns {UploadRow}
 */
export function atServer(photo) {
  return { ...toSend(photo), offset: photo.size, state: "here" };
}
