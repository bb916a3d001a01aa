/** @import {StoreLine, StoreNotice} from "../../types.js" */
/** @import {LineLook} from "../../model/store_notice.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { barOf } from "../../model/store_notice.js";
import { linePicture } from "../../sync/store_notices.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { scoreBar } from "../../ui/score_bar.js";
import { picture } from "../../ui/thumb.js";
import { vars } from "../../ui/vars.js";
import { say } from "../../wording/say.js";

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
