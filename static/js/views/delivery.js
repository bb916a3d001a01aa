/** @import {OutboxRow, SlotRow, UploadRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { online } from "../sync/link.js";
import { retry } from "../sync/outbox.js";
import { uploads } from "../sync/uploads.js";
import { photoOf } from "../store/photos.js";
import { icon } from "../ui/icon.js";
import { picture } from "../ui/thumb.js";
import { vars } from "../ui/vars.js";
import { say } from "../wording/say.js";
import { mend } from "./mending.js";

/** @typedef {{here: number, of: number, refused: number, share: number}} Photos */

/**
 * How a frozen visit is doing on its way, in words that are true: form, photos, what holds it up, what to do.
 * @param {OutboxRow} row
 * @param {boolean} linked whether its name leads to the visit
 */
export function delivery(row, linked) {
  const photos = photosOf(row);
  const bad = row.state === "stopped" || photos.refused > 0;
  const name = linked
    ? html`<a href="#/visits/${row.visit}/result">${row.store_name}</a>`
    : row.store_name;
  return html`<section class="card job ${bad ? "job--bad" : ""}" aria-live="polite">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs15">${name}</h2>
        <p class="fs13 faint num">${say("outbox.photos_n", { n: row.photos.length })}</p>
      </div>
      ${tag(row, bad)}
    </div>
    ${row.state === "complete" || row.state === "stopped" ? nothing : bar(photos)}
    <div class="pts num">${formPart(row)}${photoPart(photos)}</div>
    ${words(row, photos)} ${actions(row, bad)}
  </section>`;
}

/** @param {OutboxRow} row @returns {Photos} */
function photosOf(row) {
  const rows = row.photos.map((sha256) => uploads.value.get(sha256));
  const done = (/** @type {UploadRow | undefined} */ one) =>
    one?.state === "here" ? one.size : (one?.offset ?? 0);
  const size = rows.reduce((all, one) => all + (one?.size ?? 0), 0);
  const sent = rows.reduce((all, one) => all + done(one), 0);
  // The form counts like one small photo, so that the bar moves for it too.
  const form = row.receipt ? 1 : 0;
  const share = row.photos.length ? 10 * form + (90 * sent) / Math.max(1, size) : 100 * form;
  return {
    here:
      row.state === "complete" ? rows.length : rows.filter((one) => one?.state === "here").length,
    of: rows.length,
    refused: rows.filter((one) => one?.state === "refused").length,
    share: Math.round(share),
  };
}

/**
 * @param {OutboxRow} row
 * @param {boolean} bad
 */
function tag(row, bad) {
  const looks = /** @type {const} */ ({
    waiting: ["closed", "pending", "outbox.waiting"],
    sending: ["accent", "upload", "outbox.sending"],
    sign_in: ["deduct", "lock", "outbox.sign_in"],
    received: ["accent", "upload", "outbox.received"],
    complete: ["pass", "cloudok", "outbox.complete"],
    stopped: ["critical", "alert", "outbox.stopped"],
  });
  const [colour, picture_, key] = bad ? looks.stopped : looks[row.state];
  return html`<span class="tag tag--${colour}">${icon(picture_)}${say(key)}</span>`;
}

/** @param {Photos} photos */
function bar({ share }) {
  return html`<div
    class="bar"
    role="progressbar"
    aria-valuenow=${share}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-label=${say("outbox.progress")}
  >
    <i ${vars({ width: `${share}%` })}></i>
  </div>`;
}

/** @param {OutboxRow} row */
function formPart(row) {
  if (row.receipt) return html`<span class="ok">${icon("check")}${say("outbox.form_ok")}</span>`;
  return html`<span class=${row.state === "stopped" ? "bad" : ""}
    >${icon("doc")}${say("outbox.form_waits")}</span
  >`;
}

/** @param {Photos} photos */
function photoPart({ here, of, refused }) {
  if (!of) return nothing;
  const look = refused ? "bad" : here === of ? "ok" : "now";
  return html`<span class=${look}
    >${icon(here === of ? "check" : "image")}${say("outbox.photos", { n: here, m: of })}</span
  >`;
}

/**
 * @param {OutboxRow} row
 * @param {Photos} photos
 */
function words(row, photos) {
  if (row.state === "stopped")
    return html`<p class="fs14 muted">${row.problem?.detail || say("outbox.no_reason")}</p>
      ${faults(row)}`;
  if (photos.refused)
    return html`<p class="fs14 muted">${refusal(row) || say("outbox.photo_refused")}</p>`;
  if (row.state === "complete") return nothing;
  if (!online.value) return html`<p class="fs14 muted">${say("outbox.offline")}</p>`;
  if (row.state === "received" && photos.here === photos.of)
    return html`<p class="fs14 muted">${say("outbox.checking")}</p>`;
  if (row.problem)
    return html`<p class="fs14 muted">
      ${say("outbox.again", { x: row.problem.detail || row.problem.status })}
    </p>`;
  return nothing;
}

/** @param {OutboxRow} row */
function refusal(row) {
  return row.photos
    .map((sha256) => uploads.value.get(sha256))
    .find((one) => one?.state === "refused")?.problem;
}

/** @param {OutboxRow} row */
function faults(row) {
  const errors = row.problem?.errors ?? [];
  return html`<ul class="fs13 muted faults">
    ${errors.slice(0, 5).map((error) => html`<li>${error.detail}</li>`)}
  </ul>`;
}

/**
 * @param {OutboxRow} row
 * @param {boolean} bad
 */
function actions(row, bad) {
  if (!bad) return nothing;
  const editable = row.problem?.code === "visit.answers_refused";
  return html`<div class="row">
    ${editable ? html`<button class="btn btn--sm" @click=${() => mend(row)}>${say("check.edit")}</button>` : nothing}
    <button class="btn btn--sm btn--p end" @click=${() => void retry(row)}>
      ${icon("refresh")}${say("common.retry")}
    </button>
  </div>`;
}

/**
 * Every photo of a visit with its own state.
 * @param {OpenDraft} draft
 * @param {OutboxRow} row
 */
export function photoStates(draft, row) {
  const named = new Set(row.photos);
  const slots = draft.slots.value.filter((slot) => named.has(slot.sha256));
  if (!slots.length) return nothing;
  return html`<section class="card card--pad">
    <h2 class="fs15">${say("outbox.photo_states")}</h2>
    <ul class="photo-grid">
      ${slots.map((slot) => one(slot, row))}
    </ul>
  </section>`;
}

/**
 * @param {SlotRow} slot
 * @param {OutboxRow} row
 */
function one(slot, row) {
  const state =
    row.state === "complete" ? "here" : (uploads.value.get(slot.sha256)?.state ?? "waiting");
  const pictures = /** @type {const} */ ({
    waiting: "outbox",
    sending: "upload",
    here: "cloudok",
    refused: "alert",
  });
  return html`<li>
    <span class="photo ${state === "refused" ? "photo--bad" : ""}"
      >${picture(slot.sha256, async () => (await photoOf(slot.sha256))?.thumb, say("score.evidence"))}</span
    ><span class="fs12 ${state === "here" ? "good" : "faint"}"
      >${icon(pictures[state], "i--s")} ${say(`photo.${state}`)}</span
    >
  </li>`;
}
