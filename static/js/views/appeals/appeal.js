/** @import {AppealFile, AppealMessage, StoreAppeal} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { total } from "../../model/points.js";
import { isDecided, stepsOf } from "../../model/store_appeal.js";
import { online } from "../../sync/link.js";
import { account } from "../../sync/session.js";
import {
  appealPicture,
  appeals,
  appealsFetching,
  refreshAppeals,
} from "../../sync/store_appeals.js";
import { noticesHere } from "../../sync/store_notices.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { route } from "../../ui/route.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { picture } from "../../ui/thumb.js";
import { say, text } from "../../wording/say.js";
import { head } from "../notices/home.js";
import { linePhoto } from "../notices/looks.js";
import { dayClock, leftWords } from "../notices/time_words.js";
import { deeds } from "./deeds.js";
import { appealTag, outcomeWords } from "./looks.js";

const BACK = "#/appeals";

/** One appeal of the store: how far it is, what was said, what became of it. */
export function appealScreen() {
  const appeal = appeals.value?.data.find(({ id }) => id === route.value.visit);
  if (!appeal) return missing();
  const below = html`<span class="num">${appeal.number}</span>`;
  const { body, foot } = deeds(appeal);
  return html`${backHead({ title: say("line.do_appeal"), below, back: BACK, banner: head() })}
    <main class="m-body" id="main">
      ${steps(appeal)} ${outcome(appeal)} ${lineCell(appeal)} ${statement(appeal)} ${thread(appeal)}
      ${body}
    </main>
    ${foot}`;
}

function missing() {
  const again = () => refreshAppeals(account.peek()?.id ?? "").catch(() => undefined);
  const title = say("line.do_appeal");
  const words = { title: say("appeal.not_fetched"), help: say("appeal.not_fetched_help") };
  return html`${backHead({ title, back: BACK, banner: head() })}${
    appealsFetching.value === "loading" && online.value
      ? skeleton(3, say("common.loading"))
      : html`<main id="main" class="ctr">
          ${empty(online.value ? "err" : "off", { ...words, action: retryButton(again) })}
        </main>`
  }`;
}

/** @param {StoreAppeal} appeal */
function steps(appeal) {
  const [filed, region, decision] = stepsOf(appeal);
  if (!filed) return nothing;
  const due = (/** @type {string} */ time) =>
    html`<br /><span class="num">${dueWords(time)}</span>`;
  return html`<ol class="steps card card--pad">
    <li class="on">
      ${icon("check")}${say("appeal.step_filed")}<br /><span class="num"
        >${dayClock(appeal.filed_at)}</span
      >
    </li>
    ${step(region, say("appeal.step_region"), region === "on" ? nothing : due(appeal.opinion_due_at))}
    ${step(decision, say("appeal.step_decision"), decision === "now" ? due(appeal.decision_due_at) : nothing)}
  </ol>`;
}

/** @param {string} time */
function dueWords(time) {
  const { late, words } = leftWords(time);
  return html`<span class=${late ? "late" : ""}>${words}</span>`;
}

/**
 * @param {"on" | "now" | "" | undefined} look
 * @param {string} words
 * @param {unknown} due
 */
function step(look, words, due) {
  return html`<li class=${look || nothing} aria-current=${look === "now" ? "step" : nothing}>
    ${look === "on" ? icon("check") : html`<i></i>`}${words}${due}
  </li>`;
}

/** @param {StoreAppeal} appeal */
function outcome(appeal) {
  if (appeal.state === "withdrawn")
    return html`<p class="banner banner--r banner--off">
      ${icon("undo")}<span>${say("appeal.is_withdrawn")}</span>
    </p>`;
  if (!isDecided(appeal)) return nothing;
  return html`<section class="card card--pad stack" aria-labelledby="outcome">
    <div class="row">
      <h2 class="grow fs18" id="outcome">${say("appeal.outcome")}</h2>
      ${appealTag(appeal.state)}
    </div>
    <p class="num">${outcomeWords(appeal)}</p>
    <p class="said muted">${appeal.reason}</p>
    ${amended(appeal)}
  </section>`;
}

/** @param {StoreAppeal} appeal */
function amended({ amended: id, amended_number: number, notice, number: old, notice_void: over }) {
  if (over)
    return html`<p>
      <a class="link" href="#/notices/${notice}/notice">${say("appeal.void", { x: old })}</a>
    </p>`;
  if (!id || !number) return nothing;
  return html`<p>
    <a class="link" href="#/notices/${id}/notice">${say("appeal.amended", { x: number })}</a><br />
    <a class="link fs13" href="#/notices/${notice}/notice"
      >${say("appeal.old_notice", { x: old })}</a
    >
  </p>`;
}

/** What is disputed, with its first photo where the notice is on the phone. @param {StoreAppeal} appeal */
function lineCell({ notice, line, title, problem, old_lost }) {
  const here = noticesHere.value.get(notice)?.notice;
  const found = here?.lines.find(({ no }) => no === line);
  const photo = here && found?.photos.length ? linePhoto(here, found) : nothing;
  return html`<div class="cells">
    <a class="cell disputed" href="#/notices/${notice}/line/${line}"
      >${photo}<span class="grow"><b class="fs15">${text(title)}</b><small>${problem}</small></span
      ><b class="loss num">${total(-old_lost)}</b>${icon("right")}</a
    >
  </div>`;
}

/** @param {StoreAppeal} appeal */
function statement(appeal) {
  const ground = /** @type {"facts"} */ (appeal.ground);
  return html`<section class="card card--pad stack">
    <div class="row">
      <h2 class="grow fs15">${say("appeal.text")}</h2>
      <span class="tag tag--line tag--t">${say(`appeal.ground_${ground}`)}</span>
    </div>
    <p class="said fs15">${appeal.text}</p>
    <p class="fs13 faint">
      ${appeal.filed_by} <span class="num">${dayClock(appeal.filed_at)}</span>
    </p>
    ${photos(appeal)} ${papers(appeal)}
    ${
      appeal.frozen && appeal.can_say
        ? html`<p class="fs13 faint">${icon("lock", "i--s")} ${say("appeal.frozen")}</p>`
        : nothing
    }
  </section>`;
}

/** @param {StoreAppeal} appeal */
function photos({ id, files }) {
  const ready = files.filter(({ kind, ready: there }) => kind === "photo" && there);
  if (!ready.length) return nothing;
  return html`<div class="photos">
    ${ready.map(({ k }, n) => {
      const load = () => appealPicture(account.peek()?.id ?? "", id, k);
      const words = say("appeal.photo_n", { n: n + 1 });
      return html`<span class="photo">${picture(`${id}/${k}`, load, words)}</span>`;
    })}
  </div>`;
}

/** @param {StoreAppeal} appeal */
function papers({ id, files }) {
  const documents = files.filter(({ kind }) => kind === "document");
  return documents.map((file) => paper(id, file));
}

/**
 * @param {string} appeal
 * @param {AppealFile} file
 */
function paper(appeal, { k, name, size }) {
  const words = say("appeal.save_file", { x: name });
  return html`<a
    class="paper"
    href="/appeals/${appeal}/documents/${k}.pdf"
    download=${name}
    aria-label=${words}
    >${icon("file")}<span class="grow clip">${name}</span
    ><span class="fs13 faint num">${say("appeal.kb", { n: Math.ceil(size / 1024) })}</span></a
  >`;
}

/** @param {StoreAppeal} appeal */
function thread({ messages }) {
  if (!messages.length) return nothing;
  return html`<h2 class="sect-t">${say("appeal.thread")}</h2>
    <ol class="card card--pad talk">
      ${messages.map(message)}
    </ol>`;
}

/** @param {AppealMessage} said */
function message({ own, text: words, at }) {
  return html`<li class=${own ? "talk__own" : nothing}>
    <b class="fs13">${say(own ? "appeal.we" : "appeal.they")}</b>
    ${at ? html`<time class="fs13 faint num" datetime=${at}>${dayClock(at)}</time>` : nothing}
    <p class="said fs15">${words}</p>
  </li>`;
}
