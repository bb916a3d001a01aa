/** @import {Assignment, Returned} from "../types.js" */
import { fromAnswer, fromPhoto } from "../model/answer_row.js";
import { newCapture } from "../model/capture.js";
import { atServer } from "../model/upload_row.js";
import { keepDocument } from "../store/draft_copies.js";
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
  const { visit: id } = returned;
  const visit = {
    ...newVisit(account, assignment, id),
    attempt: returned.attempt + 1,
    return_reason: returned.reason,
    check_in,
    check_out,
  };
  const noted = { visit: id, account, kind: /** @type {const} */ ("note") };
  const document = {
    visit,
    answers: answers.map((answer) => fromAnswer(id, answer)),
    slots: photos.map((photo) => fromPhoto(id, photo)),
    captures: remarks.map(({ at, text }) => newCapture({ ...noted, id: newId(), at, text })),
  };
  const uploads = document.slots.map((slot) => atServer({ ...slot, account }));
  await keepDocument(document, uploads);
  await recallUploads(account);
}
