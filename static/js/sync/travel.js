/** @import {OutboxRow, UploadRow} from "../types.js" */
import { isAbsent } from "../model/absent.js";
import { stateOf } from "../model/photo_state.js";
import { uploads } from "./uploads.js";

/** How far a frozen visit has come: its photos, what the server said to those it refused, its share in
 * per cent, and whether it waits for a person.
 * @typedef {{here: number, absent: number, of: number, refused: string[], share: number, stuck: boolean}} Travel
 */

/** The form counts like a tenth of the way, so that the bar moves for it too. */
const FORM = 10;

/**
 * @param {OutboxRow} row
 * @returns {Travel}
 */
export function travelOf(row) {
  const rows = row.photos.map((sha256) => uploads.value.get(sha256));
  const turnedDown = rows.filter((photo) => stateOf(photo) === "refused");
  const refused = turnedDown.map((photo) => photo?.problem ?? "");
  const done = row.state === "complete";
  return {
    here: done ? rows.length : rows.filter((photo) => photo?.state === "here").length,
    absent: done ? 0 : rows.filter(isAbsent).length,
    of: rows.length,
    refused,
    share: shareOf(rows, row.receipt !== null),
    stuck: row.state === "stopped" || refused.length > 0,
  };
}

/**
 * @param {readonly (UploadRow | undefined)[]} rows
 * @param {boolean} formHere
 */
function shareOf(rows, formHere) {
  const form = formHere ? FORM : 0;
  if (!rows.length) return 10 * form;
  const size = rows.reduce((all, photo) => all + (photo?.size ?? 0), 0);
  const sent = rows.reduce((all, photo) => all + (photo?.offset ?? 0), 0);
  return Math.round(form + ((100 - FORM) * sent) / Math.max(1, size));
}
