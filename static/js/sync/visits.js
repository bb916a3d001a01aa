/** @import {Assignment, OutboxRow, Place, Remark, VisitRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { bytesOf } from "../model/bytes.js";
import { submission } from "../model/submission.js";
import { seal, unseal } from "../store/outbox.js";
import { askForPersistence } from "../store/persistence.js";
import { keepNewVisit } from "../store/visits.js";
import { clockOffset } from "./clock.js";
import { APP, deviceId } from "./device.js";
import { newId, sha256 } from "./hashing.js";
import { flush } from "./outbox.js";
import { inTurn } from "./photos.js";

const NEAR_ENOUGH = 20_000;

/**
 * Starts the visit of an assignment on this phone.
 * @param {string} account
 * @param {Assignment} assignment
 * @returns {Promise<VisitRow>}
 */
export async function beginVisit(account, assignment) {
  const visit = await keepNewVisit(newVisit(account, assignment, newId()));
  void askForPersistence();
  return visit;
}

/**
 * @param {string} account
 * @param {Assignment} assignment
 * @param {string} id
 * @returns {VisitRow}
 */
export function newVisit(account, assignment, id) {
  const now = new Date().toISOString();
  return {
    format: 1,
    id,
    account,
    assignment: assignment.id,
    attempt: 1,
    state: "draft",
    rubric: assignment.rubric.digest,
    store: assignment.store,
    round: assignment.round,
    window_from: assignment.window_from,
    window_to: assignment.window_to,
    cover: assignment.cover,
    visit_kind: assignment.visit_kind,
    earlier: assignment.earlier.map((one) => one.item),
    started_at: now,
    changed_at: now,
    saves: 0,
    at: null,
    bulk_pass: [],
    place: null,
    declaration: false,
    return_reason: "",
    ...(assignment.lines && { lines: assignment.lines }),
  };
}

/**
 * Opens a returned visit again, as the next attempt with everything that was entered before.
 * @param {VisitRow} visit
 * @param {{attempt: number, reason: string}} returned
 */
export async function reopenVisit(visit, returned) {
  const next = {
    attempt: returned.attempt + 1,
    state: /** @type {const} */ ("draft"),
    declaration: false,
    at: null,
  };
  await unseal({ ...visit, ...next, return_reason: returned.reason });
}

/**
 * Opens a visit the server refused: the same attempt, to be mended and sent again.
 * @param {VisitRow} visit
 */
export async function mendVisit(visit) {
  await unseal({ ...visit, state: "draft", declaration: false });
}

/**
 * Freezes a draft, with every photo on its way, into the bytes that will be sent, however long that takes, and
 * starts sending.
 * @param {OpenDraft} draft
 * @param {readonly Remark[]} [remarks] what was noted and belongs to no item
 */
export async function submitVisit(draft, remarks = []) {
  await inTurn(() => draft.freeze(() => sealDraft(draft, remarks)));
  void flush();
}

/**
 * @param {OpenDraft} draft
 * @param {readonly Remark[]} remarks
 */
async function sealDraft(draft, remarks) {
  const visit = { ...draft.visit.peek(), state: /** @type {const} */ ("sealed") };
  const now = new Date().toISOString();
  const body = submission({
    visit,
    rubric: draft.rubric,
    rows: new Map([...draft.rows].map(([code, row]) => [code, row.peek()])),
    slots: draft.slots.peek(),
    remarks,
    ended_at: visit.changed_at,
    sent_at: now,
    clock_offset_ms: clockOffset(),
    device: { id: await deviceId(), app: APP },
  });
  await seal(visit, await frozen(visit, bytesOf(JSON.stringify(body)), body.photos, now));
  draft.visit.value = visit;
}

/**
 * @param {VisitRow} visit
 * @param {ArrayBuffer} body
 * @param {readonly {sha256: string}[]} photos
 * @param {string} frozen_at
 * @returns {Promise<OutboxRow>}
 */
async function frozen(visit, body, photos, frozen_at) {
  return {
    format: 1,
    visit: visit.id,
    attempt: visit.attempt,
    account: visit.account,
    state: "waiting",
    body,
    content_hash: await sha256(body),
    photos: [...new Set(photos.map((photo) => photo.sha256))],
    store_name: visit.store.name,
    frozen_at,
    tries: 0,
    problem: null,
    receipt: null,
    completed_at: "",
  };
}

/**
 * Where the phone is, if it may and can say so in time. Never holds anything up.
 * @returns {Promise<Place | null>}
 */
export function whereAmI() {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude_e6: Math.round(coords.latitude * 1e6),
          longitude_e6: Math.round(coords.longitude * 1e6),
          // A phone that knows only the country says so in more metres than the wire takes.
          accuracy_m: Math.min(1_000_000, Math.round(coords.accuracy)),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: NEAR_ENOUGH, maximumAge: 60_000 },
    );
  });
}
