/** @import {Assignment, PhotoIn, Returned, UploadRow} from "../types.js" */
import { fromAnswer, fromPhoto } from "../model/answer_row.js";
import { newCapture } from "../model/capture.js";
import { keepCapture } from "../store/captures.js";
import { keepReturned } from "../store/returned.js";
import { newId } from "./hashing.js";
import { visitAtServer } from "./history.js";
import { recallUploads } from "./uploads.js";
import { newVisit } from "./visits.js";

/**
 * Fetches a returned visit that was filled in on another phone, to be mended here as its next attempt.
 * @param {string} account
 * @param {Assignment} assignment
 * @param {Returned} returned
 */
export async function fetchReturned(account, assignment, returned) {
  const sent = await visitAtServer(returned.visit);
  const { answers = [], photos = [], check_in = null, check_out = null, remarks = [] } = sent;
  const visit = {
    ...newVisit(account, assignment, returned.visit),
    attempt: returned.attempt + 1,
    return_reason: returned.reason,
    check_in,
    check_out,
  };
  await keepReturned({
    visit,
    rows: answers.map((answer) => fromAnswer(visit.id, answer)),
    slots: photos.map((photo) => fromPhoto(visit.id, photo)),
    uploads: photos.map((photo) => atServer(account, visit.id, photo)),
  });
  for (const { at, text } of remarks)
    await keepCapture(
      newCapture({ id: newId(), visit: visit.id, account, kind: "note", at, text }),
    );
  await recallUploads(account);
}

/**
 * @param {string} account
 * @param {string} visit
 * @param {PhotoIn} photo
 * @returns {UploadRow}
 */
function atServer(account, visit, { sha256, bytes }) {
  const here = { offset: bytes, state: /** @type {const} */ ("here"), problem: "" };
  return { format: 1, sha256, account, visit, size: bytes, ...here };
}
