/** @import {AnswerRow, Item, Section} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { evidenceMissing, missing } from "../model/blockers.js";
import { plain } from "../model/points.js";
import { icon } from "../ui/icon.js";
import { onArrow, tabStop } from "../ui/radios.js";
import { say, text } from "../wording/say.js";
import { flip, judge, reopened, unfolded } from "./answering.js";
import { evidence } from "./form_evidence.js";
import { findingOf, measuring } from "./form_finding.js";
import { hours } from "./hours.js";
import { apart } from "./form_apart.js";

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
  if (calm && !reopened.value.has(item.code)) return passed(draft, item, number);
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
    <button aria-expanded="false" @click=${() => flip(reopened, item.code)}>
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
  const fired = draft.card.value.critical_items.includes(item.code);
  const need = row.verdict !== null && missing(item, draft) !== null;
  const kind = [
    item.severity === "veto" ? "item--crit" : "",
    fired ? "item--fired" : "",
    need ? "item--need" : "",
  ];
  return html`<section class="item ${kind.join(" ")}" aria-labelledby="t-${item.code}">
    ${item.severity === "veto" ? critical(item, fired) : nothing}
    <div class="item__h">
      <span class="item__n">${number}</span>
      <h2 class="item__t" id="t-${item.code}">
        <button
          aria-expanded=${unfolded.value.has(item.code)}
          @click=${() => flip(unfolded, item.code)}
        >
          ${text(item.title)}
        </button>
      </h2>
      <span class="item__p">${say("score.full_n", { n: plain(item.full) })}</span>
    </div>
    ${unfolded.value.has(item.code) ? standard(item) : nothing}
    ${
      draft.visit.value.earlier.includes(item.code)
        ? html`<p class="cue only-open">${icon("history", "i--s")}${say("form.earlier")}</p>`
        : nothing
    }
    ${item.rule.kind === "meas" ? measuring(draft, section, item, row) : nothing}${answers(draft, section, item, row)}
    ${row.verdict === "loss" ? findingOf(draft, section, item, row) : nothing}
    ${row.verdict === "na" || row.verdict === "not_observed" ? apart(draft, section, item, row) : nothing}
    ${evidence(draft, section, item, row, evidenceMissing(item, row, draft.slotsOf(item.code)))}
    ${fired ? effect(item) : nothing}
  </section>`;
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
  </div>`;
}

/** @param {Item} item */
function effect(item) {
  const key = /** @type {const} */ (`form.effect_${item.critical.effect}`);
  return html`<div class="banner banner--bad banner--r only-open">
    ${icon("critical")}<span>${say(key, { n: plain(item.critical.cap) })}</span>
  </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
function answers(draft, section, item, row) {
  const aside = row.verdict === "na" || row.verdict === "not_observed";
  const third = aside ? row.verdict : item.na === "allowed" ? "na" : "not_observed";
  const info = item.rule.kind === "info";
  const shown = item.rule.kind === "meas" ? [] : info ? ["pass"] : ["pass", "loss"];
  const radio = (
    /** @type {import("../types.js").Verdict} */ verdict,
    /** @type {string} */ look,
    /** @type {unknown} */ words,
  ) => {
    const on = row.verdict === verdict;
    const stop = tabStop(on, look === "yes", row.verdict !== null);
    return html`<button
      class=${look}
      role="radio"
      aria-checked=${on}
      tabindex=${stop}
      @click=${() => judge(draft, section, item, verdict)}
    >
      ${words}
    </button>`;
  };
  return html`<div
    class="ans ans--${shown.length}"
    role="radiogroup"
    aria-label=${say("score.result")}
    @keydown=${onArrow}
  >
    ${shown.includes("pass") ? radio("pass", "yes", html`${icon("check")}${say(info ? "form.noted" : "score.pass")}`) : nothing}
    ${shown.includes("loss") ? radio("loss", "no", html`${icon("minus")}${say("score.deduct")}`) : nothing}
    ${radio(third ?? "not_observed", "na", say(third === "na" ? "score.na" : "score.not_observed"))}
  </div>`;
}
