/** @import {StoreLine, StoreNotice} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import {
  byDeadline,
  dueOf,
  followOf,
  isOver,
  isToDo,
  isUnsigned,
  nextLine,
  progressOf,
} from "../../model/store_notice.js";
import { online } from "../../sync/link.js";
import { lineSending } from "../../sync/sendings.js";
import { serverNow } from "../../sync/server_now.js";
import { account } from "../../sync/session.js";
import { isSigning } from "../../sync/signing.js";
import { needNotice, noticesFetching, noticesHere } from "../../sync/store_notices.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { route } from "../../ui/route.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { head } from "./home.js";
import { groups, lookOf, noticeBar, noticeScore, settledBar } from "./looks.js";
import { sectionTable } from "./section_table.js";
import { signAndLook } from "./signing.js";
import { dayClockWithin, leftLarge, leftWords } from "./time_words.js";

export function noticeScreen() {
  const { visit } = route.value;
  const notice = noticesHere.value.get(visit)?.notice;
  if (!notice) return missing(visit);
  return html`${backHead({ title: notice.title, below: html`<span class="num">${notice.number}</span>`, back: "#/tasks", control: pdf(notice), banner: head() })}
    <main class="m-body" id="main">
      ${ended(notice)} ${card(notice)} ${groups(notice)} ${demands(notice)} ${sectionTable(notice)}
    </main>
    ${foot(notice)}`;
}

/** @param {string} id */
function missing(id) {
  const again = () => needNotice(account.peek()?.id ?? "", id).catch(() => undefined);
  const waits = noticesFetching.value === "loading" && online.value;
  const title = say("store.title");
  return html`${backHead({ title, back: "#/tasks", banner: head() })}${
    waits
      ? skeleton(3, say("common.loading"))
      : html`<main id="main" class="ctr">
          ${empty(online.value ? "err" : "off", { title: say("notice.not_here"), help: say("notice.not_here_help"), action: retryButton(again) })}
        </main>`
  }`;
}

/** @param {StoreNotice} notice */
function pdf({ id, pdf_ready }) {
  if (!pdf_ready) return undefined;
  return html`<a
    class="ib"
    href="/notices/${id}/notice.pdf"
    target="_blank"
    rel="noopener"
    aria-label=${say("notice.pdf")}
    >${icon("download")}</a
  >`;
}

/** Why a notice is not in force, and the one that is; or which one it stands in for. @param {StoreNotice} notice */
function ended({ state, replaces, replaced_by: next, end_reason }) {
  if (state !== "superseded" && state !== "void") return replaces ? amends(replaces) : nothing;
  const words = next
    ? html`<a href="#/notices/${next.id}/notice">${say("notice.replaced", { x: next.number })}</a>`
    : say("notice.not_in_force");
  return html`<p class="banner banner--warn banner--r">
    ${icon("alert")}<span
      >${words} ${end_reason ? say("notice.ended_why", { x: end_reason }) : nothing}</span
    >
  </p>`;
}

/** @param {string} number */
function amends(number) {
  return html`<p class="banner banner--r">
    ${icon("repeat")}<span>${say("notice.amends", { x: number })}</span>
  </p>`;
}

/** @param {StoreNotice} notice */
function card(notice) {
  const next = nextLine(notice, serverNow.value);
  return html`<section class="card card--flush">
    <div class="notice-head">
      <div class="row row--top">
        <div class="grow">
          <h2 class="fs18">${notice.store_name}</h2>
          <p class="fs13 faint">${notice.round_name} · ${notice.visited}</p>
          ${notice.language === language.value ? nothing : html`<p class="fs13 faint">${say("notice.its_language")}</p>`}
        </div>
        ${noticeScore(notice)}
      </div>
      ${noticeBar(notice)}
      <div class="row row--wrap fs13 faint">
        ${signedWords(notice)}<span class="end"
          >${say("notice.issued_by", { x: notice.issuer })}</span
        >
      </div>
      ${isUnsigned(notice) ? nothing : settledBar(progressOf(notice).settled, notice.lines.length)}
    </div>
    ${next ? dueStrip(notice, next) : nothing}
  </section>`;
}

/** @param {StoreNotice} notice */
function signedWords(notice) {
  if (notice.acknowledged_at) {
    const facts = { x: notice.acknowledged_by ?? "", t: dayClockWithin(notice.acknowledged_at) };
    return html`<span>${icon("check", "i--s good")} ${say("notice.signed", facts)}</span>`;
  }
  if (isSigning(notice.id))
    return html`<span>${icon("pending", "i--s")} ${say("notice.signature_waits")}</span>`;
  return nothing;
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
function dueStrip(notice, line) {
  const due = dueOf(notice, line);
  const { late } = leftWords(due);
  return html`<div class="due-strip ${late ? "due-strip--late" : ""}">
    <div class="grow">
      <div class="fs13">
        ${say(late ? "notice.was_due" : "notice.due", { t: dayClockWithin(due) })}
      </div>
      <b class="fs15">${line.item_title}</b>
    </div>
    ${leftLarge(due)}
  </div>`;
}

/** @param {StoreNotice} notice */
function demands({ demands: said, language: tongue }) {
  if (!said.length) return nothing;
  return html`<h2 class="sect-t">${say("notice.demands")}</h2>
    <ol class="card card--pad demands fs14" lang=${tongue}>
      ${said.map((demand) => html`<li>${demand}</li>`)}
    </ol>`;
}

/** @param {StoreNotice} notice */
function foot(notice) {
  if (isOver(notice)) return nothing;
  if (!isUnsigned(notice) || isSigning(notice.id)) return goOn(notice);
  const n = notice.lines.filter((line) => isToDo(lookOf(notice, line))).length;
  return html`<footer class="m-foot">
    <div class="actionbar">
      <button class="btn btn--p btn--lg btn--b" @click=${() => signAndLook(notice)}>
        ${say("notice.sign", { n })}
      </button>
    </div>
  </footer>`;
}

/** The line to do next. @param {StoreNotice} notice */
function goOn(notice) {
  const waits = (/** @type {StoreLine} */ line) =>
    followOf(notice, line)?.can_reply && !lineSending(notice.id, line.no);
  const next = byDeadline(notice)
    .flat()
    .find((line) => waits(line) && isToDo(lookOf(notice, line)));
  if (!next) return nothing;
  return html`<footer class="m-foot">
    <div class="actionbar">
      ${mayAppeal(notice) ? html`<a class="btn btn--lg" href="#/appeals">${icon("scale")}${say("store.appeals")}</a>` : nothing}
      <a class="btn btn--p btn--lg btn--g" href="#/notices/${notice.id}/line/${next.no}"
        ><span class="clip">${say("notice.next", { x: next.item_title })}</span></a
      >
    </div>
  </footer>`;
}

/** @param {StoreNotice} notice */
function mayAppeal({ follow }) {
  const now = serverNow.value;
  return follow?.some(({ appeal, appeal_closes_at: at }) => !appeal && at && Date.parse(at) > now);
}
