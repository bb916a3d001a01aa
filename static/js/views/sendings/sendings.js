/** @import {SendingRow} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { clock, dateClock } from "../../model/when.js";
import { online, portal } from "../../sync/link.js";
import { standing } from "../../sync/session.js";
import {
  flushSendings,
  nextSending,
  onTheirWay,
  retrySending,
  sendings,
} from "../../sync/sendings.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { empty } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";

/** All that was sent from this phone, what waits first. */
export function sendingsScreen() {
  const waiting = onTheirWay.value;
  const arrived = sendings.value.filter((row) => !waiting.includes(row)).reverse();
  return html`${backHead({ title: say("nav.outbox"), back: "#/tasks", banner: alarm() })}
    <main class="m-body" id="main">
      ${waiting.length || arrived.length ? nothing : empty("done", { title: say("sending.none"), help: say("sending.none_help") })}
      ${waiting.map(job)}
      ${arrived.length ? html`<h2 class="sect-t">${say("sending.arrived")}</h2>` : nothing}
      ${arrived.map(job)}
    </main>
    ${waiting.length ? again() : nothing}`;
}

function again() {
  return html`<footer class="m-foot">
    <div class="actionbar">
      <button
        class="btn btn--p btn--lg btn--b"
        @click=${() => void flushSendings({ by: "person" })}
      >
        ${icon("refresh")}${say("sending.again")}
      </button>
    </div>
  </footer>`;
}

/** @type {Record<SendingRow["state"], [string, string]>} */
const LOOKS = {
  waiting: ["closed", "pending"],
  sending: ["accent", "upload"],
  sign_in: ["deduct", "lock"],
  stopped: ["critical", "alert"],
  received: ["pass", "cloudok"],
};

/** @param {SendingRow} row */
function job(row) {
  const [colour, sign] = LOOKS[row.state];
  return html`<section class="card job ${row.state === "stopped" ? "job--bad" : ""}">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs15">
          <a href=${placeOf(row)}>${say(`sending.kind_${row.kind}`)}</a>
        </h2>
        <p class="fs13 faint num">${row.title} · ${dateClock(row.frozen_at, language.value)}</p>
      </div>
      <span class="tag tag--${colour}">${icon(sign)}${say(`sending.${row.state}`)}</span>
    </div>
    ${words(row).map((sentence) => html`<p class="fs14 muted">${sentence}</p>`)} ${retry(row)}
  </section>`;
}

/** Where what was sent is shown. @param {SendingRow} row */
function placeOf({ notice, line, appeal }) {
  if (appeal) return `#/appeals/${appeal}/appeal`;
  return line ? `#/notices/${notice}/line/${line}` : `#/notices/${notice}/notice`;
}

/** @param {SendingRow} row */
function words(row) {
  if (row.state === "received") return [];
  const { detail = "", errors = [] } = row.problem ?? {};
  if (row.state === "stopped")
    return [detail, ...errors.slice(0, 5).map((one) => one.detail), say("sending.stopped_help")];
  return row.state === "sign_in" ? [say("session.expired_help")] : onItsWay();
}

function onItsWay() {
  if (portal.value) return [say("link.portal_help")];
  if (!online.value) return [say("sending.offline")];
  if (standing.value === "out") return [say("session.expired_help")];
  const due = nextSending.value - Date.now() > 1000;
  return due ? [say("sending.next_try", { t: clock(nextSending.value) })] : [];
}

/** @param {SendingRow} row */
function retry(row) {
  if (row.state !== "stopped") return nothing;
  return html`<div class="row">
    <button class="btn btn--sm end" @click=${() => void retrySending(row)}>
      ${icon("refresh")}${say("common.retry")}
    </button>
  </div>`;
}
