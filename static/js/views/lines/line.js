/** @import {LineDraft, LineFollow, StoreLine, StoreNotice} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { dueOf, followOf, isOver, lineLook } from "../../model/store_notice.js";
import { online } from "../../sync/link.js";
import { lineSending } from "../../sync/sendings.js";
import { serverNow } from "../../sync/server_now.js";
import { noticesHere } from "../../sync/store_notices.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { segment } from "../../ui/radios.js";
import { goInstead, route } from "../../ui/route.js";
import { empty } from "../../ui/states.js";
import { say } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";
import { linePhoto, lineStanding } from "../notices/looks.js";
import { dayClockWithin, leftWords } from "../notices/time_words.js";
import { appealPanel } from "./appeal.js";
import { elsewhere, isElsewhere } from "./elsewhere.js";
import { extensionPanel } from "./extension.js";
import { lineHistory } from "./line_history.js";
import { replyPanel } from "./reply.js";
import { waitingCard } from "./waiting.js";

/** @typedef {{notice: StoreNotice, line: StoreLine, follow: LineFollow | undefined}} Open */
/** @typedef {Exclude<LineDraft["kind"], "message">} Kind */
/** @typedef {{body: unknown, foot: unknown}} Panel */

/** @type {Record<Kind, (open: Open) => Panel>} */
const PANELS = { reply: replyPanel, extension: extensionPanel, appeal: appealPanel };

export function lineScreen() {
  const { visit, section } = route.value;
  const [no = "", kind = "reply"] = section.split("-");
  const notice = noticesHere.value.get(visit)?.notice;
  const line = notice?.lines.find((one) => String(one.no) === no);
  if (!notice || !line) return gone(visit);
  const open = { notice, line, follow: followOf(notice, line) };
  const { body, foot } = panelOf(open, /** @type {Kind} */ (kind));
  return html`${backHead({ title: line.item_title, below: belowOf(open), back: `#/notices/${visit}/notice`, banner: html`${alarm()}${strip(open)}` })}
    <main class="m-body" id="main">
      ${problem(open)} ${body} ${lineHistory(open)} ${ways(open, body)}
    </main>
    ${foot}`;
}

/** @param {string} notice */
function gone(notice) {
  const back = html`<a class="btn btn--p" href="#/notices/${notice}/notice"
    >${say("common.back")}</a
  >`;
  return html`${backHead({ title: say("store.title"), back: "#/tasks" })}
    <main id="main" class="ctr">
      ${empty("off", { title: say("notice.not_here"), help: say("notice.not_here_help"), action: back })}
    </main>`;
}

/** @param {Open} open */
function belowOf({ notice, line }) {
  return html`<span class="num">${notice.number}</span> ·
    ${line.severity_word || line.section_title}`;
}

/** @param {Open} open */
function lookOf({ notice, line }) {
  return lineLook(notice, line, serverNow.value);
}

/** @param {Open} open */
function strip(open) {
  const look = lookOf(open);
  if (isOver(open.notice)) return nothing;
  if (look !== "open" && look !== "returned" && look !== "overdue") return nothing;
  const due = dueOf(open.notice, open.line);
  const { late, words } = leftWords(due);
  return html`<div class="due-line ${late ? "due-line--late" : ""}">
    ${icon(late ? "overdue" : "clock")}<span class="grow"
      >${say("line.due", { t: dayClockWithin(due) })}</span
    ><b class="num">${words}</b>
  </div>`;
}

/** @param {Open} open */
function problem(open) {
  const { notice, line, follow } = open;
  return html`<section class="card problem" lang=${notice.language}>
    <div class="row row--top gap3">
      ${line.photos.length ? linePhoto(notice, line, { caption: caption() }) : nothing}
      <div class="grow">
        <div class="row row--base">
          <h2 class="grow fs15">${line.problem}</h2>
          <b class="loss num">${line.lost}</b>
        </div>
        <p class="fs14 muted">${say("line.requirement")}${line.requirement}</p>
        <p class="fs13 faint">${say("line.standard")}${line.standard}</p>
        ${suggested(follow)}
      </div>
    </div>
    ${
      line.photos.length > 1
        ? html`<div class="photos">
            ${line.photos.slice(1).map(({ k }) => linePhoto(notice, line, { k }))}
          </div>`
        : nothing
    }
    <div class="row row--wrap">${lineStanding(notice, line)}${people(line, follow)}</div>
  </section>`;
}

/** What the rubric says usually helps. @param {LineFollow | undefined} follow */
function suggested(follow) {
  return follow?.suggestion
    ? html`<p class="fs13 faint">${say("line.suggestion")}${follow.suggestion}</p>`
    : nothing;
}

function caption() {
  return html`<span class="photo__s">${say("line.at_inspection")}</span>`;
}

/**
 * @param {StoreLine} line
 * @param {LineFollow | undefined} follow
 */
function people({ responsible }, follow) {
  const names = [responsible, ...(follow?.handlers ?? [])].filter(Boolean).join(", ");
  return names
    ? html`<span class="fs13 faint">${say("line.responsible", { x: names })}</span>`
    : nothing;
}

/**
 * What there is to do on a line: wait for what was sent, reply, ask for time, appeal, or nothing.
 * @param {Open} open
 * @param {Kind} kind
 * @returns {Panel}
 */
function panelOf(open, kind) {
  const { notice, line } = open;
  const sent = lineSending(notice.id, line.no);
  if (sent) return { body: waitingCard(sent), foot: nothing };
  const kinds = kindsOf(open);
  if (!kinds.length) return { body: nothing, foot: nothing };
  // Nobody who wants to read what became of a reply is met by an appeal they did not ask for.
  if (kinds[0] === "appeal" && kind !== "appeal") return { body: nothing, foot: nothing };
  const chosen = kinds.includes(kind) ? kind : (kinds[0] ?? "reply");
  const { body, foot } = PANELS[chosen](open);
  const name = holdName(open);
  if (isElsewhere(name))
    return { body: html`${tabs(open, kinds, chosen)} ${elsewhere(name)}`, foot: nothing };
  return { body: html`${tabs(open, kinds, chosen)} ${body}`, foot };
}

/**
 * Where else one can go from a line: to an appeal that may still be filed, and, with a network, to its page.
 * @param {Open} open
 * @param {unknown} body what is being written; its tabs lead to the appeal then
 */
function ways(open, body) {
  const { notice, line, follow } = open;
  const closes = body === nothing && kindsOf(open).length ? follow?.appeal_closes_at : "";
  if (!closes && !online.value) return nothing;
  return html`<ul class="cells">
    ${closes ? way(`#/notices/${notice.id}/line/${line.no}-appeal`, "scale", say("line.not_right"), say("line.may_appeal", { x: leftWords(closes).x })) : nothing}
    ${online.value ? way(`/notices/${notice.id}/lines/${line.no}`, "user", say("line.more"), say("line.more_help")) : nothing}
  </ul>`;
}

/** @param {string} href @param {string} sign @param {string} title @param {string} help */
function way(href, sign, title, help) {
  return html`<li>
    <a class="cell" href=${href}
      >${icon(sign)}<span class="grow">${title}<small>${help}</small></span
      >${icon("right")}</a
    >
  </li>`;
}

/**
 * @param {Open} open
 * @returns {Kind[]}
 */
function kindsOf({ notice, follow }) {
  if (!follow || isOver(notice)) return [];
  /** @type {[Kind, boolean][]} */
  const possible = [
    ["reply", follow.can_reply && !follow.disputed],
    ["extension", follow.can_reply && !follow.disputed],
    ["appeal", Boolean(follow.appeal_closes_at) && !follow.appeal],
  ];
  return possible.filter(([, may]) => may).map(([kind]) => kind);
}

/**
 * @param {Open} open
 * @param {Kind[]} kinds
 * @param {Kind} chosen
 */
function tabs({ notice, line }, kinds, chosen) {
  if (kinds.length < 2) return nothing;
  const options = kinds.map((kind) => /** @type {const} */ ([kind, say(`line.do_${kind}`)]));
  const choose = (/** @type {Kind} */ kind) =>
    goInstead(`#/notices/${notice.id}/line/${line.no}-${kind}`);
  return segment({ label: say("line.do"), options, chosen, choose });
}

/** The name a line's drafts are held under, so that no two windows write them. @param {Open} open */
function holdName({ notice, line }) {
  return `${notice.id}/${line.no}`;
}
