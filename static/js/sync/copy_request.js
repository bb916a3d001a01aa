/** @import {CopyKept, CopyRow, DraftDocument, VisitRow} from "../types.js" */
import { bytesOf } from "../model/bytes.js";
import { photosNamed } from "../model/photos_named.js";
import { followPhotos } from "./absent_photos.js";
import { Unreachable, ask } from "./api.js";
import { clockOffset } from "./clock.js";
import { copies, here, noteCopy } from "./copy_states.js";
import { APP } from "./device.js";
import { sha256 } from "./hashing.js";

/** What a request may carry that outlives its page. */
const MOST_AT_THE_END = 60_000;

/**
 * Sends one copy. A server that has a larger counter from this device, from before its storage was cleared, is
 * told again with a larger one still.
 * @param {DraftDocument} document
 * @param {string} said the document as JSON, byte for byte what is hashed
 * @param {string} hash
 * @param {boolean} last
 */
export async function putCopy(document, said, hash, last) {
  const { visit } = document;
  for (let tries = 0; tries < 2; tries += 1) {
    const known = copies.peek().get(visit.id);
    const changed = known?.document_hash !== hash;
    const saves = Math.max(visit.saves, (known?.saves_sent ?? 0) + Number(changed), 1);
    const bytes = bytesOf(bodyOf(document, said, saves));
    const content_hash = await sha256(bytes);
    const kept = await putBytes(visit.id, bytes, content_hash, last);
    const ours = kept.content_hash === content_hash;
    await noteCopy(visit, (row) => after(row, visit, kept, ours || !changed ? hash : ""));
    await followPhotos(photosNamed([document.slots, document.captures]), kept.missing);
    if (ours || !changed) return;
  }
}

/**
 * What the server's word changes in what is known. A draft thrown away meanwhile stays thrown away.
 * @param {CopyRow} row
 * @param {VisitRow} visit
 * @param {CopyKept} kept
 * @param {string} document_hash
 * @returns {CopyRow}
 */
function after(row, visit, kept, document_hash) {
  const ended = row.ended === "discarded" ? row.ended : "";
  const { owner, saves: saves_sent, received_at: sent_at } = kept;
  return { ...row, owner, saves_sent, sent_at, document_hash, ended };
}

/**
 * @param {string} visit
 * @param {ArrayBuffer} bytes
 * @param {string} content_hash
 * @param {boolean} last
 * @returns {Promise<CopyKept>}
 */
async function putBytes(visit, bytes, content_hash, last) {
  const headers = { "content-type": "application/json", "x-content-sha256": content_hash };
  const path = `/api/drafts/${visit}/${here.peek()}`;
  const end = last && bytes.byteLength < MOST_AT_THE_END;
  const { data } = await ask("PUT", path, { bytes, headers, last: end });
  const kept = /** @type {CopyKept | null} */ (data);
  if (kept?.visit !== visit || kept.device !== here.peek()) throw new Unreachable("not our copy");
  return kept;
}

/**
 * @param {DraftDocument} document
 * @param {string} said
 * @param {number} saves
 */
function bodyOf({ visit, slots, captures }, said, saves) {
  const facts = {
    format: 1,
    visit: visit.id,
    device: here.peek(),
    attempt: visit.attempt,
    assignment: visit.assignment,
    rubric_digest: visit.rubric,
    saves,
    app: APP,
    changed_at: visit.changed_at,
    clock_offset_ms: clockOffset(),
    photos: photosNamed([slots, captures]),
  };
  return `${JSON.stringify(facts).slice(0, -1)},"document":${said}}`;
}
