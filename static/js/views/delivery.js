/** @import {OutboxRow} from "../types.js" */
/** @import {Travel} from "./travel.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { isUnsent } from "../model/outbox_moves.js";
import { online } from "../sync/link.js";
import { retry } from "../sync/outbox.js";
import { icon } from "../ui/icon.js";
import { vars } from "../ui/vars.js";
import { say } from "../wording/say.js";
import { mend } from "./mending.js";
import { travelOf } from "./travel.js";
import { unusableOf } from "./unusable_photos.js";

/**
 * How a frozen visit is doing on its way, in words that are true: form, photos, what holds it up, what to do.
 * @param {OutboxRow} row
 * @param {boolean} linked whether its name leads to the visit
 */
export function delivery(row, linked) {
  const travel = travelOf(row);
  const href = `#/visits/${row.visit}/result`;
  return html`<section class="card job ${travel.stuck ? "job--bad" : ""}" aria-live="polite">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs15">
          ${linked ? html`<a href=${href}>${row.store_name}</a>` : row.store_name}
        </h2>
        <p class="fs13 faint num">${say("outbox.photos_n", { n: row.photos.length })}</p>
      </div>
      ${tag(row, travel.stuck)}
    </div>
    ${isMoving(row) ? bar(travel) : nothing}
    <div class="pts num">${formPart(row)}${photoPart(travel)}</div>
    ${words(row, travel)} ${linked ? unusableOf(row) : nothing}
    ${travel.stuck ? actions(row) : nothing}
  </section>`;
}

/** @param {OutboxRow} row */
function isMoving(row) {
  return isUnsent(row) && row.state !== "stopped";
}

const LOOKS = /** @type {const} */ ({
  waiting: ["closed", "pending", "outbox.waiting"],
  sending: ["accent", "upload", "outbox.sending"],
  sign_in: ["deduct", "lock", "outbox.sign_in"],
  received: ["accent", "upload", "outbox.received"],
  complete: ["pass", "cloudok", "outbox.complete"],
  unusable: ["deduct", "alert", "outbox.unusable"],
  stopped: ["critical", "alert", "outbox.stopped"],
});

/**
 * @param {OutboxRow} row
 * @param {boolean} stuck
 */
function tag(row, stuck) {
  const [colour, picture, key] = LOOKS[stuck ? "stopped" : row.state];
  return html`<span class="tag tag--${colour}">${icon(picture)}${say(key)}</span>`;
}

/** @param {Travel} travel */
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
  const look = row.state === "stopped" ? "bad" : "";
  return html`<span class=${look}>${icon("doc")}${say("outbox.form_waits")}</span>`;
}

/** @param {Travel} travel */
function photoPart({ here, of, refused }) {
  if (!of) return nothing;
  const look = refused.length ? "bad" : here === of ? "ok" : "now";
  const counted = say("outbox.photos", { n: here, m: of });
  return html`<span class=${look}>${icon(here === of ? "check" : "image")}${counted}</span>`;
}

/**
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function words(row, travel) {
  const said = sentence(row, travel);
  const faults = row.state === "stopped" ? (row.problem?.errors ?? []).slice(0, 5) : [];
  return html`${said ? html`<p class="fs14 muted">${said}</p>` : nothing}${
    faults.length
      ? html`<ul class="fs13 muted faults">
          ${faults.map((fault) => html`<li>${fault.detail}</li>`)}
        </ul>`
      : nothing
  }`;
}

/**
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function sentence(row, { refused, here, of }) {
  if (!isUnsent(row)) return settled(row);
  if (row.state === "stopped") return row.problem?.detail || say("outbox.no_reason");
  if (refused.length) return refused[0] || say("outbox.photo_refused");
  if (!online.value) return say("outbox.offline");
  return underway(row, here === of);
}

/** @param {OutboxRow} row */
function settled(row) {
  return row.state === "unusable" ? say("outbox.unusable_help") : "";
}

/**
 * @param {OutboxRow} row
 * @param {boolean} allHere
 */
function underway(row, allHere) {
  if (row.state === "received" && allHere) return say("outbox.checking");
  if (row.problem) return say("outbox.again", { x: row.problem.detail || row.problem.status });
  return "";
}

/** @param {OutboxRow} row */
function actions(row) {
  const editable = row.problem?.code === "visit.answers_refused";
  return html`<div class="row">
    ${
      editable
        ? html`<button class="btn btn--sm" @click=${() => mend(row)}>${say("check.edit")}</button>`
        : nothing
    }
    <button class="btn btn--sm btn--p end" @click=${() => void retry(row)}>
      ${icon("refresh")}${say("common.retry")}
    </button>
  </div>`;
}
