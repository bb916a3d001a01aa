/** @import {StoreNotice, StoreNoticeListed} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import {
  firstDue,
  isOver,
  isStopped,
  isToDo,
  isUnsigned,
  lineLook,
} from "../../model/store_notice.js";
import { date, dateClock } from "../../model/when.js";
import { online } from "../../sync/link.js";
import { selfCheck, unread } from "../../sync/noted.js";
import { onTheirWay } from "../../sync/sendings.js";
import { serverNow } from "../../sync/server_now.js";
import { account } from "../../sync/session.js";
import { isSigning } from "../../sync/signing.js";
import { notices, noticesFetching, noticesHere, refreshNotices } from "../../sync/store_notices.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";
import { noticeBar, noticeScore, noticeTag, settledBar } from "./looks.js";
import { signAndLook } from "./signing.js";
import { clockWords, dayClockWithin, leftWords } from "./time_words.js";
import { toDo } from "./to_do.js";

export function homeScreen() {
  const person = account.value;
  const below = [person?.store?.name, person?.name].filter(Boolean).join(" · ");
  return html`${bigHead({ title: say("store.title"), below, control: bell(), banner: head() })}${body()}`;
}

/** The way to what one was told. */
function bell() {
  const n = unread.value;
  const words = say("store.inbox");
  const count = html`<span class="dotnum" aria-hidden="true">${n > 99 ? "99+" : n}</span>`;
  return html`<a
    class="ib"
    href="#/inbox"
    aria-label=${n ? `${words} ${say("store.n_unread", { n })}` : words}
    >${icon("bell")}${n ? count : nothing}</a
  >`;
}

/** What is wrong, else how old what is shown is, else what is on its way. */
export function head() {
  const worst = alarm();
  if (worst !== nothing) return worst;
  return html`${online.value ? nothing : offline()}${waiting()}`;
}

function offline() {
  const kept = notices.value;
  const words = kept
    ? say("store.offline", { t: dateClock(kept.fetched_at, language.value) })
    : say("common.offline");
  return html`<div class="banner banner--off" role="status">
    ${icon("offline")}<span class="grow">${words}</span>
  </div>`;
}

function waiting() {
  const n = onTheirWay.value.length;
  if (!n) return nothing;
  const stuck = onTheirWay.value.some(({ state }) => state === "stopped");
  return html`<div class="banner ${stuck ? "banner--bad" : ""}" role="status">
    ${icon(stuck ? "alert" : "upload")}<span class="grow"
      >${say(stuck ? "store.stuck" : "store.waiting", { n })}</span
    ><a class="end" href="#/outbox">${say("store.look")}</a>
  </div>`;
}

function body() {
  const listed = notices.value?.data;
  if (!listed)
    return noticesFetching.value === "failed" ? failed() : skeleton(3, say("common.loading"));
  if (!listed.length)
    return html`<main id="main" class="ctr">
      ${empty("done", { title: say("store.none"), help: say("store.none_help") })}
    </main>`;
  const fresh = listed.filter((one) => isUnsigned(one) && !isSigning(one.id));
  const going = listed.filter((one) => !fresh.includes(one) && !isOver(one));
  const past = listed.filter(isOver);
  return html`<main class="m-body" id="main">
    ${clockNote()} ${fresh.map(freshCard)} ${counted()}
    ${going.length ? section(say("store.going"), going) : nothing}
    ${past.length ? section(say("store.earlier"), past) : nothing} ${ownCheck()}
  </main>`;
}

function failed() {
  const again = () => refreshNotices(account.peek()?.id ?? "").catch(() => undefined);
  return html`<main id="main" class="ctr">
    ${empty(online.value ? "err" : "off", { title: say("store.not_fetched"), help: say("store.not_fetched_help"), action: retryButton(again) })}
  </main>`;
}

function clockNote() {
  const words = clockWords();
  return words ? html`<p class="fs13 faint">${icon("clock", "i--s")} ${words}</p>` : nothing;
}

/** @param {StoreNoticeListed} listed */
function freshCard(listed) {
  const notice = noticesHere.value.get(listed.id)?.notice;
  const { late, words } = dueWords(listed, notice);
  return html`<section class="card fresh" aria-labelledby="fresh-${listed.id}">
    <div class="row row--wrap">
      <span class="tag tag--deduct">${icon("bell")}${say("store.fresh")}</span
      ><b class="end fs13 num ${late ? "late" : "loss"}">${words}</b>
    </div>
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs18" id="fresh-${listed.id}">${listed.round_name}</h2>
        <p class="fs14 faint num">${listed.number}</p>
        <p class="fs13 faint num">
          ${say("store.issued", { t: dayClockWithin(listed.issued_at) })}
        </p>
      </div>
      ${noticeScore(listed)}
    </div>
    ${notice ? noticeBar(notice) : nothing}
    <p class="fs15">${notice ? firstWords(notice) : say("store.to_fix", { n: listed.lines })}</p>
    <button class="btn btn--p btn--lg btn--b" @click=${() => signAndLook(listed)}>
      ${say("store.sign_and_look")}
    </button>
    <a class="link link--b" href="#/notices/${listed.id}/notice">${say("store.look_first")}</a>
  </section>`;
}

/**
 * By when something is to be done: as its lines stand, once they are here.
 * @param {StoreNoticeListed} listed
 * @param {StoreNotice | undefined} notice
 */
function dueWords(listed, notice) {
  if (!notice) return leftWords(listed.first_due_at);
  const first = firstDue(notice, serverNow.value);
  if (first) return leftWords(first.due_at);
  const stopped = notice.lines.some((line) => isStopped(notice, line));
  return { late: false, words: stopped ? say("notice.stopped") : "" };
}

/** How much there is to do, and what of it first. @param {StoreNotice} notice */
function firstWords(notice) {
  const now = serverNow.value;
  const n = notice.lines.filter((line) => isToDo(lineLook(notice, line, now))).length;
  const first = firstDue(notice, now);
  const words = say("store.to_fix", { n });
  if (!first) return words;
  const facts = { n: first.n, t: dayClockWithin(first.due_at) };
  const key = leftWords(first.due_at).late ? "store.first_late" : "store.first_due";
  return html`${words}${say("store.comma")}<b>${say(key, facts)}</b>`;
}

function counted() {
  const { open, submitted, returned, overdue } = toDo.value;
  const parts = /** @type {const} */ ([
    ["open", open, ""],
    ["submitted", submitted, ""],
    ["returned", returned, returned ? "crit" : ""],
    ["overdue", overdue, overdue ? "late" : ""],
  ]);
  return html`<dl class="card cnt">
    ${parts.map(
      ([look, n, colour]) =>
        html`<div>
          <dt>${say(`line.${look}`)}</dt>
          <dd class="score ${colour}">${n}</dd>
        </div>`,
    )}
  </dl>`;
}

function ownCheck() {
  const found = selfCheck.value;
  if (!found) return nothing;
  const { left } = found;
  return html`<div class="cells">
    <a class="cell" href="#/self-check"
      >${icon("tasks")}<span class="grow"
        >${say("self.title")}<small
          >${left ? say("self.left", { n: left }) : say("self.done")}</small
        ></span
      >${icon("right")}</a
    >
  </div>`;
}

/**
 * @param {string} title
 * @param {readonly StoreNoticeListed[]} listed
 */
function section(title, listed) {
  return html`<h2 class="sect-t">${title}</h2>
    <div class="cells">${listed.map(cell)}</div>`;
}

/** @param {StoreNoticeListed} listed */
function cell(listed) {
  const facts = `${listed.number} · ${say("store.n_lines", { n: listed.lines })}`;
  return html`<a class="cell" href="#/notices/${listed.id}/notice"
    ><span class="grow"
      ><span class="fs15">${listed.round_name}</span
      ><small class="num">${facts}</small>${when(listed)}${howFar(listed)}</span
    ><span class="score fs18">${listed.score}</span>${noticeTag(listed)}</a
  >`;
}

/** What is left until its next deadline, else when it was issued. @param {StoreNoticeListed} listed */
function when(listed) {
  const notice = noticesHere.value.get(listed.id)?.notice;
  const first = notice && !isOver(listed) ? firstDue(notice, serverNow.value) : undefined;
  if (!first)
    return html`<small class="num"
      >${say("store.issued_on", { d: date(listed.issued_at, language.value) })}</small
    >`;
  const { late, words } = leftWords(first.due_at);
  return html`<small class="num ${late ? "late" : "loss"}">${words}</small>`;
}

/** @param {StoreNoticeListed} listed */
function howFar(listed) {
  const { settled, lines } = listed;
  return isOver(listed) || isUnsigned(listed) || settled === undefined
    ? nothing
    : settledBar(settled, lines);
}
