/** @import {SendingState, StoreLine, StoreNotice} from "../../types.js" */
/** @import {LineLook} from "../../model/store_notice.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import {
  barOf,
  byDeadline,
  dueOf,
  followOf,
  isOver,
  isStopped,
  isToDo,
  lineLook,
} from "../../model/store_notice.js";
import { draftedLines } from "../../sync/noted.js";
import { lineSending } from "../../sync/sendings.js";
import { serverNow } from "../../sync/server_now.js";
import { linePicture } from "../../sync/store_notices.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { scoreBar } from "../../ui/score_bar.js";
import { picture } from "../../ui/thumb.js";
import { vars } from "../../ui/vars.js";
import { say } from "../../wording/say.js";
import { dayClockWithin } from "./time_words.js";

/** @type {Record<LineLook, [string, string]>} */
const LINES = {
  open: ["deduct", "clock"],
  overdue: ["overdue", "overdue"],
  returned: ["critical", "undo"],
  submitted: ["pending", "pending"],
  disputed: ["accent", "scale"],
  verified: ["pass", "pass"],
  withdrawn: ["closed", "minus"],
};

/** @param {LineLook} look */
export function lineTag(look) {
  const [colour, sign] = LINES[look];
  return html`<span class="tag tag--${colour}">${icon(sign)}${say(`line.${look}`)}</span>`;
}

/**
 * How a line stands; nothing is left to do about one whose notice is not in force.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
export function lineStanding(notice, line) {
  const look = lookOf(notice, line);
  return isOver(notice) && isToDo(look) ? noticeTag(notice) : lineTag(look);
}

/** @type {Record<string, [string, string]>} */
const NOTICES = {
  issued: ["deduct", "bell"],
  delivered: ["deduct", "bell"],
  responding: ["pending", "flag"],
  submitted: LINES.submitted,
  returned: LINES.returned,
  verified: LINES.verified,
  closed: ["closed", "closed"],
  void: ["closed", "x"],
  superseded: ["closed", "repeat"],
};

/** How a notice stands; one that was signed for by how far its lines are. @param {{state: string, progress?: string}} notice */
export function noticeTag({ state, progress = "" }) {
  const look = state in NOTICES ? state : progress in NOTICES ? progress : "responding";
  const [colour, sign] = NOTICES[look] ?? LINES.open;
  return html`<span class="tag tag--${colour}"
    >${icon(sign)}${say(`notice.state_${/** @type {"closed"} */ (look)}`)}</span
  >`;
}

/** How many lines of a notice wait for nothing any more. @param {number} settled @param {number} lines */
export function settledBar(settled, lines) {
  const words = say("notice.settled", { n: settled, m: lines });
  const share = `${Math.round((100 * settled) / Math.max(1, lines))}%`;
  return html`<span class="row settled fs13 faint"
    ><span class="bar grow" aria-hidden="true"><i ${vars({ width: share })}></i></span
    ><span class="num">${words}</span></span
  >`;
}

/**
 * Score and loss, and under them the section bar.
 * @param {StoreNotice} notice
 */
export function noticeBar(notice) {
  return scoreBar(barOf(notice.sections), say("notice.bar", { x: notice.score, y: notice.lost }));
}

/** @param {{score: string, lost: string}} notice */
export function noticeScore({ score, lost }) {
  return html`<div class="r">
    <span class="score notice-score">${score}</span>
    <div class="loss num fs14"><b>${lost}</b></div>
  </div>`;
}

/**
 * The first photo of a line, small.
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 * @param {{k?: number | undefined, caption?: unknown}} [which]
 */
export function linePhoto(notice, line, { k = line.photos[0]?.k ?? 0, caption = nothing } = {}) {
  const id = account.peek()?.id ?? "";
  const words = say("line.photo_alt", { x: line.item_title });
  const load = () => linePicture(id, notice.id, line.no, k);
  return html`<span class="photo"
    >${picture(`${notice.id}/${line.no}-${k}`, load, words)}${caption}</span
  >`;
}

/** The lines of a notice by deadline. @param {StoreNotice} notice */
export function groups(notice) {
  return byDeadline(notice).map((lines) => {
    const [first] = lines;
    if (!first) return nothing;
    return html`<h2 class="sect-t">${groupHead(notice, lines, first)}</h2>
      <ul class="cells">
        ${lines.map((line) => lineRow(notice, line))}
      </ul>`;
  });
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine[]} lines
 * @param {StoreLine} first
 */
function groupHead(notice, lines, first) {
  if (isStopped(notice, first))
    return html`${say("line.disputed")}<span class="end">${say("notice.stopped")}</span>`;
  const due = dueOf(notice, first);
  const late = lines.some((line) => lookOf(notice, line) === "overdue");
  return html`${due === first.due_at ? first.allowed : say("notice.extended")}<span
      class="end ${late ? "late" : ""}"
      >${say("notice.until", { t: dayClockWithin(due) })}</span
    >`;
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
export function lookOf(notice, line) {
  return lineLook(notice, line, serverNow.value);
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
function lineRow(notice, line) {
  return html`<li>
    <a class="fd" href="#/notices/${notice.id}/line/${line.no}">
      ${line.photos.length ? linePhoto(notice, line) : nothing}
      <span class="grow">
        <span class="row row--base" lang=${notice.language}
          ><b class="grow fs15">${line.item_title}</b><b class="loss num">${line.lost}</b></span
        >
        <span class="fs14 muted fd__p" lang=${notice.language}>${line.problem}</span>
        <span class="row fd__f"
          >${tagOf(notice, line)}${severityTag(line)}${deed(notice, line)}</span
        >
      </span>
    </a>
  </li>`;
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
function tagOf(notice, line) {
  const sent = lineSending(notice.id, line.no);
  if (!sent) return lineStanding(notice, line);
  const stopped = sent.state === "stopped";
  return html`<span class="tag tag--${stopped ? "critical" : "pending"}"
    >${icon(stopped ? "alert" : "upload")}${sentWords(sent.state)}</span
  >`;
}

/** Where something that was sent is. @param {SendingState} state */
export function sentWords(state) {
  if (state === "stopped" || state === "received") return say(`sending.${state}`);
  return say("line.sending");
}

/**
 * @param {StoreNotice} notice
 * @param {StoreLine} line
 */
function deed(notice, line) {
  const waits = followOf(notice, line)?.can_reply && !isStopped(notice, line);
  if (lineSending(notice.id, line.no) || !waits) return nothing;
  const drafted = draftedLines.value.has(`${notice.id}/${line.no}`);
  return html`<span class="link end fd__go"
    >${say(drafted ? "line.go_on" : "line.go")}${icon("right", "i--s")}</span
  >`;
}

/** @param {StoreLine} line */
function severityTag({ severity, severity_word }) {
  if (severity === "general") return nothing;
  const colour = severity === "veto" ? "critical" : "line";
  return html`<span class="tag tag--t tag--${colour}">${severity_word}</span>`;
}
