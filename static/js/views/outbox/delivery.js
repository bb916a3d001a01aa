/** @import {OutboxRow} from "../../types.js" */
/** @import {Travel} from "../../sync/travel.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { afterRefusal } from "../../model/after_refusal.js";
import { isUnsent } from "../../model/outbox_moves.js";
import { history } from "../../sync/history.js";
import { retry } from "../../sync/outbox.js";
import { icon } from "../../ui/icon.js";
import { vars } from "../../ui/vars.js";
import { say } from "../../wording/say.js";
import { deliveryWords } from "./delivery_words.js";
import { localVisits } from "../drafts/drafts.js";
import { mend } from "./mending.js";
import { askToSignIn } from "../account/sign_in_sheet.js";
import { travelOf } from "../../sync/travel.js";
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
    ${words(row, travel)} ${linked ? unusableOf(row) : nothing} ${actions(row, travel)}
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
  const said = deliveryWords(row, travel);
  const faults = row.state === "stopped" ? (row.problem?.errors ?? []).slice(0, 5) : [];
  return html`${said.map((sentence) => html`<p class="fs14 muted">${sentence}</p>`)}${
    faults.length
      ? html`<ul class="fs13 muted faults">
          ${faults.map((fault) => html`<li>${fault.detail}</li>`)}
        </ul>`
      : nothing
  }`;
}

/**
 * What a person can do about one visit: nothing while it is on its way by itself.
 * @param {OutboxRow} row
 * @param {Travel} travel
 */
function actions(row, travel) {
  if (!isUnsent(row) || !(travel.stuck || row.problem)) return nothing;
  if (row.state === "sign_in") return signIn();
  const after = afterRefusal(row.problem);
  const again = () => void retry(row);
  return html`<div class="row row--wrap">
    ${row.state === "stopped" ? way(row, after) : nothing}
    <button class="btn btn--sm ${after === "mend" ? "" : "btn--p"} end" @click=${again}>
      ${icon("refresh")}${say("common.retry")}
    </button>
  </div>`;
}

/**
 * What the server had first: this visit itself, or the other one of the same store in the same round.
 * @param {OutboxRow} row
 */
function other(row) {
  const own = localVisits.value.find((visit) => visit.id === row.visit);
  const first = history.value?.data.find(
    ({ id, store, round }) =>
      id === row.visit || (store.code === own?.store.code && round.code === own.round.code),
  );
  const visit = row.problem?.code === "visit.conflict" ? row.visit : first?.id;
  if (!visit) return nothing;
  return html`<a class="btn btn--sm" href="#/visits/${visit}/result"
    >${say("outbox.see_other")}</a
  >`;
}

function signIn() {
  return html`<div class="row">
    <button class="btn btn--sm btn--p end" @click=${askToSignIn}>
      ${icon("lock")}${say("session.sign_in")}
    </button>
  </div>`;
}

/**
 * @param {OutboxRow} row
 * @param {import("../../model/after_refusal.js").AfterRefusal} after
 */
function way(row, after) {
  if (after === "mend")
    return html`<button class="btn btn--sm btn--p" @click=${() => mend(row)}>
      ${say("check.edit")}
    </button>`;
  if (after === "both_kept") return other(row);
  return html`<a class="btn btn--sm" href="#/transfer"
    >${icon("download")}${say("outbox.export")}</a
  >`;
}
