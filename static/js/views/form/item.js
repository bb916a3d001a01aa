/** @import {AnswerRow, Item, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { evidenceMissing, missing } from "../../model/blockers.js";
import { plain } from "../../model/points.js";
import { icon } from "../../ui/icon.js";
import { say, text } from "../../wording/say.js";
import { flip, nameIn, reopened, unfolded } from "../answers/answering.js";
import { answers, isApart } from "./answers.js";
import { evidence } from "./evidence.js";
import { extras } from "./extras.js";
import { findingOf } from "./finding.js";
import { storeSaid } from "./store_said.js";
import { measuring } from "./measure.js";
import { hours } from "../answers/hours.js";
import { apart } from "./apart.js";

/**
 * One item: a line once it passed, a card otherwise.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {string} number
 */
export function itemCard(draft, section, item, number) {
  const row = draft.row(item.code);
  const calm = row.verdict === "pass" && missing(item, draft) === null;
  if (calm && !reopened.value.has(nameIn(draft, item.code))) return passed(draft, item, number);
  return card(draft, section, item, number, row);
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {string} number
 */
function passed(draft, item, number) {
  const photos = draft.slotsOf(item.code).length;
  return html`<section class="item item--done">
    <button aria-expanded="false" @click=${() => flip(reopened, nameIn(draft, item.code))}>
      <span class="item__n">${number}</span><span class="item__t clip">${text(item.title)}</span>
      ${photos ? html`<span class="faint fs13 num">${icon("image", "i--s")} ${photos}</span>` : nothing}
      <span class="good">${icon("check")}</span><span class="sr">${say("score.pass")}</span>
      <span class="item__p">${say("score.points", { n: plain(item.full) })}</span>
    </button>
  </section>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {string} number
 * @param {AnswerRow} row
 */
function card(draft, section, item, number, row) {
  const fired = draft.fired(item.code);
  const need = row.verdict !== null && missing(item, draft) !== null;
  const lacking = evidenceMissing(item, row, draft);
  return html`<section class="item ${looks(item, fired, need)}" aria-labelledby="t-${item.code}">
    ${item.severity === "veto" ? critical(item, fired) : nothing} ${head(draft, item, number)}
    ${measuring(draft, section, item, row)} ${answers(draft, section, item, row)}
    ${row.verdict === "loss" ? findingOf(draft, section, item, row) : nothing}
    ${isApart(row) ? apart(draft, section, item, row) : nothing}
    ${evidence(draft, section, item, row, lacking)} ${fired ? effect(item) : nothing}
    ${extras(draft, section, item, row)}
  </section>`;
}

/**
 * @param {Item} item
 * @param {boolean} fired
 * @param {boolean} need
 */
function looks(item, fired, need) {
  const veto = item.severity === "veto" ? "item--crit" : "";
  return `${veto} ${fired ? "item--fired" : ""} ${need ? "item--need" : ""}`;
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {string} number
 */
function head(draft, item, number) {
  const name = nameIn(draft, item.code);
  const open = unfolded.value.has(name);
  return html`<div class="item__h">
      <span class="item__n">${number}</span>
      <h2 class="item__t" id="t-${item.code}">
        <button aria-expanded=${open} @click=${() => flip(unfolded, name)}>
          ${text(item.title)}
        </button>
      </h2>
      <span class="item__p">${say("score.full_n", { n: plain(item.full) })}</span>
    </div>
    ${storeSaid(draft, item)} ${open ? standard(item) : nothing}
    ${
      draft.visit.peek().earlier.includes(item.code)
        ? html`<p class="cue only-open">${icon("history", "i--s")}${say("form.earlier")}</p>`
        : nothing
    }`;
}

/**
 * @param {Item} item
 * @param {boolean} fired
 */
function critical(item, fired) {
  const words = fired ? say("score.critical_failed") : say("score.critical");
  return html`<div class="row item__crit">
    <span class="tag tag--critical ${fired ? "tag--solid" : ""}">${icon("critical")}${words}</span
    >${fired ? nothing : html`<span class="fs13 crit only-open">${say("score.critical_rule", { x: hours(item.hours) })}</span>`}
  </div>`;
}

/** @param {Item} item */
function standard(item) {
  return html`<div class="item__std fs14 muted">
    <p>${text(item.standard)}</p>
    <p class="faint only-open">${text(item.rule_text)}</p>
    ${item.photos ? reference(item, item.photos) : nothing}
  </div>`;
}

/**
 * How it should look. The addresses never change, so the browser keeps what it fetched once.
 * @param {Item} item
 * @param {readonly string[]} photos
 */
function reference(item, photos) {
  return html`<div class="photos">
    ${photos.map(
      (sha256, index) =>
        html`<a class="photo photo--l" href="/api/rubric-photos/${sha256}" target="_blank"
          ><img
            src="/api/rubric-photos/${sha256}"
            alt=${say("form.reference", { x: text(item.title), n: index + 1 })}
        /></a>`,
    )}
  </div>`;
}

/** @param {Item} item */
function effect(item) {
  const key = /** @type {const} */ (`form.effect_${item.critical.effect}`);
  return html`<div class="banner banner--bad banner--r only-open">
    ${icon("critical")}<span>${say(key, { n: plain(item.critical.cap) })}</span>
  </div>`;
}
