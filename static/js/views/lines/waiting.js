/** @import {SendingRow} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isOver } from "../../model/store_notice.js";
import { letBe } from "../../sync/appeal_desk.js";
import { online } from "../../sync/link.js";
import { takeUpAgain } from "../../sync/line_sending.js";
import { retrySending } from "../../sync/sendings.js";
import { standing } from "../../sync/session.js";
import { noticesHere } from "../../sync/store_notices.js";
import { icon } from "../../ui/icon.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { linePaper } from "./papers.js";
import { lineThumb } from "./photos.js";

/**
 * What was written about a line and is not at the server yet, or not in what was fetched of it, in words that are
 * true.
 * @param {SendingRow} row
 */
export function waitingCard(row) {
  const stopped = row.state === "stopped";
  const sign = stopped ? "alert" : row.state === "received" ? "check" : "pending";
  return html`<section class="card card--pad stack ${stopped ? "job--bad" : ""}" aria-live="polite">
    <div class="row">
      <h2 class="grow fs15">${say(`sending.kind_${row.kind}`)}</h2>
      <span class="tag tag--${stopped ? "critical" : "pending"}"
        >${icon(sign)}${say(`sending.${row.state}`)}</span
      >
    </div>
    ${stopped ? why(row) : onItsWay(row)} ${content(row)} ${stopped ? deeds(row) : nothing}
  </section>`;
}

/** @param {SendingRow} row */
function onItsWay({ state }) {
  return html`<p class="fs14 muted">
    ${say(state === "received" ? "line.arrived" : hindrance())}
  </p>`;
}

/** What it waits for. */
function hindrance() {
  if (!online.value) return "sending.offline";
  return standing.value === "out" ? "session.expired_help" : "line.being_sent";
}

/** @param {SendingRow} row */
function why(row) {
  return html`<p class="fs14">${row.problem?.detail}</p>
    ${faults(row)}`;
}

/** @param {SendingRow} row */
function content({ draft }) {
  if (!draft) return nothing;
  const papers = (draft.documents ?? []).map(linePaper);
  const thumbs = [...draft.photos.map((photo, n) => lineThumb(photo, n)), ...papers];
  return html`<p class="said fs15">${draft.text}</p>
    ${thumbs.length ? html`<div class="photos">${thumbs}</div>` : nothing}`;
}

/** @param {SendingRow} row */
function faults({ problem }) {
  const listed = (problem?.errors ?? []).slice(0, 5);
  if (!listed.length) return nothing;
  return html`<ul class="fs13 muted faults">
    ${listed.map(({ detail }) => html`<li>${detail}</li>`)}
  </ul>`;
}

/** @param {SendingRow} row */
function deeds(row) {
  const notice = noticesHere.value.get(row.notice)?.notice;
  const over = notice && isOver(notice);
  return html`<p class="fs13 faint">${say("sending.stopped_help")}</p>
    <div class="row row--wrap">
      <button class="btn btn--sm" @click=${() => void retrySending(row)}>
        ${icon("refresh")}${say("common.retry")}</button
      >${over ? dropped(row, say("sending.discard")) : row.draft ? takeUp(row) : row.kind === "withdrawal" ? dropped(row, say("sending.let_be")) : nothing}
    </div>`;
}

/** @param {SendingRow} row */
function takeUp(row) {
  return html`<button class="btn btn--sm btn--p end" @click=${() => void told(takeUpAgain(row))}>
    ${icon("pen")}${say("line.take_up")}
  </button>`;
}

/** @param {SendingRow} row @param {string} words */
function dropped(row, words) {
  return html`<button class="btn btn--sm end" @click=${() => void told(letBe(row))}>
    ${icon("x")}${words}
  </button>`;
}
