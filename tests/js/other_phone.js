import { createHash, randomUUID } from "node:crypto";
import { documentOf } from "../../static/js/store/draft_copies.js";
import { writeMeta } from "../../static/js/store/meta.js";
import { keepRubric } from "../../static/js/store/rubrics.js";
import { keepVisit } from "../../static/js/store/visits.js";
import { copies, offered, restored } from "../../static/js/sync/copy_states.js";
import { sendCopies } from "../../static/js/sync/draft_copies.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { KC, LI, VISIT, row, visit } from "./makers.js";
import { signedIn, signedOut } from "./signed_in.js";

/**
 * A browser that knows nothing, and who uses it.
 * @param {string} [id]
 */
export async function anotherPhone(id = LI) {
  await signedIn(id);
  uploads.value = new Map();
  copies.value = new Map();
  restored.value = offered.value = [];
  await keepRubric("d".repeat(64), KC);
  await writeMeta("device", randomUUID());
}

/** The phone is put away; what the server asked of it is forgotten. */
export async function putAway() {
  await signedOut();
  await sendCopies();
}

/**
 * A draft on this phone.
 * @param {string} note what tells this version from others
 * @param {number} [saves]
 */
export async function written(note, saves = 1) {
  const answer = row("KC-E-01", { verdict: "loss", count: 1, note });
  await keepVisit(visit({ saves }), [answer]);
}

/** What tells the version on this phone. */
export async function noteHere() {
  return (await documentOf(LI, VISIT))?.answers[0]?.note;
}

/**
 * A body with its hash.
 * @param {object} said
 */
export function put(said) {
  const text = JSON.stringify(said);
  const body = /** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer);
  const hash = createHash("sha256").update(text).digest("hex");
  return { body, headers: { "x-content-sha256": hash } };
}
