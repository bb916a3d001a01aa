/** @import {LineFollow, ToldExtension, ToldReply, ToldVerdict} from "../../types.js" */
/** @import {Open} from "./line.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { dayClock, dayClockWithin, hoursWords } from "../notices/time_words.js";
import { afterPhotos } from "./after.js";
import { lookedPhotos } from "./looked.js";

/** @typedef {{at: string, sign: string, title: string, text: string, colour: string, photos?: unknown}} Entry */

/**
 * All that was said about a line, the latest first.
 * @param {Open} open
 */
export function lineHistory({ follow }) {
  const entries = follow ? entriesOf(follow) : [];
  if (!entries.length && !follow?.appeal) return nothing;
  return html`<h2 class="sect-t">${say("line.history")}</h2>
    <ul class="cells">
      ${follow?.appeal ? appealCell(follow) : nothing} ${entries.map(cell)}
    </ul>`;
}

/** @param {LineFollow} follow */
function appealCell({ appeal, appeal_state }) {
  return html`<li>
    <a class="cell" href="#/appeals/${appeal}/appeal"
      >${icon("scale")}<span class="grow"
        >${say("appeal.there_is")}<small
          >${say(/** @type {"appeal.state_filed"} */ (`appeal.state_${appeal_state || "filed"}`))}</small
        ></span
      >${icon("right")}</a
    >
  </li>`;
}

/** @param {LineFollow} follow @returns {Entry[]} */
function entriesOf({ replies, verdicts, extensions }) {
  return [
    ...replies.map(ofReply),
    ...verdicts.map(ofVerdict),
    ...extensions.flatMap(ofExtension),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

/** @param {ToldReply} reply @returns {Entry} */
function ofReply(reply) {
  const { name, cause, measure, prevention, aside, received_at } = reply;
  const then = reply.on_the_spot ? say("line.mended_then") : "";
  const text = [then, measure, cause, prevention].filter(Boolean).join("\n");
  const title = aside ? say("line.reply_aside", { x: name }) : say("line.reply_by", { x: name });
  const sign = aside ? "layers" : "send";
  return { at: received_at, sign, title, text, colour: "", photos: afterPhotos(reply) };
}

/** @param {ToldVerdict} verdict @returns {Entry} */
function ofVerdict(verdict) {
  const { accepted, reason, decided_at, way } = verdict;
  const looked = way === "recheck";
  const title = accepted
    ? say(looked ? "line.looked_good" : "line.accepted")
    : say(looked ? "line.looked_bad" : "line.sent_back");
  return {
    photos: lookedPhotos(verdict),
    at: decided_at,
    sign: accepted ? "pass" : "undo",
    title,
    text: reason,
    colour: accepted ? "good" : "crit",
  };
}

/** @param {ToldExtension} asked @returns {Entry[]} */
function ofExtension({ asked_at, hours, reason, state, number, opinion, due_after }) {
  const title = say("line.extension_asked", { x: hoursWords(hours) });
  /** @type {Entry} */
  const first = { at: asked_at, sign: "clock", title, text: reason, colour: "" };
  if (state === "asked") return [first];
  const granted = state === "granted";
  const answered = granted
    ? say("line.extension_granted", { t: due_after ? dayClockWithin(due_after) : "", x: number })
    : say("line.extension_refused", { x: number });
  // The opinion follows what it answers.
  return [
    first,
    {
      at: `${asked_at}~`,
      sign: granted ? "pass" : "x",
      title: answered,
      text: opinion,
      colour: granted ? "good" : "crit",
    },
  ];
}

/** @param {Entry} entry */
function cell({ at, sign, title, text, colour, photos = nothing }) {
  const time = at.endsWith("~") ? "" : dayClock(at);
  return html`<li class="cell cell--top">
    <span class=${colour || "muted"}>${icon(sign)}</span
    ><span class="grow"
      ><span class="fs15">${title}</span
      >${text ? html`<span class="said fs14 muted">${text}</span>` : nothing}${photos}${
        time ? html`<small class="num">${time}</small>` : nothing
      }</span
    >
  </li>`;
}
