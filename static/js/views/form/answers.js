/** @import {AnswerRow, Item, Section, Verdict} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { judge } from "../answers/answering.js";

/** @typedef {{verdict: Verdict, look: string, words: () => unknown}} Choice */

/** @type {Choice} */
const PASS = {
  verdict: "pass",
  look: "yes",
  words: () => html`${icon("check")}${say("score.pass")}`,
};
/** @type {Choice} */
const NOTED = {
  verdict: "pass",
  look: "yes",
  words: () => html`${icon("check")}${say("form.noted")}`,
};
/** @type {Choice} */
const LOSS = {
  verdict: "loss",
  look: "no",
  words: () => html`${icon("minus")}${say("score.deduct")}`,
};
/** @type {Choice} */
const NA = { verdict: "na", look: "na", words: () => say("score.na") };
/** @type {Choice} */
const UNSEEN = { verdict: "not_observed", look: "na", words: () => say("score.not_observed") };

/** @param {AnswerRow} row */
export function isApart(row) {
  return row.verdict === "na" || row.verdict === "not_observed";
}

/**
 * What can be said of an item: full marks, marks lost, or set apart. A measurement judges itself.
 * @param {Item} item
 * @param {AnswerRow} row
 */
function choicesOf(item, row) {
  const aside =
    (isApart(row) ? row.verdict : item.na === "allowed" ? "na" : "") === "na" ? NA : UNSEEN;
  if (item.rule.kind === "meas") return [aside];
  return item.rule.kind === "info" ? [NOTED, aside] : [PASS, LOSS, aside];
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function answers(draft, section, item, row) {
  const choices = choicesOf(item, row);
  const any = choices.some((choice) => choice.verdict === row.verdict);
  return html`<div
    class="ans ans--${choices.length}"
    role="radiogroup"
    aria-label=${say("score.result")}
    @keydown=${onArrow}
  >
    ${choices.map(({ verdict, look, words }, index) => {
      const on = row.verdict === verdict;
      return html`<button
        class=${look}
        role="radio"
        aria-checked=${on}
        tabindex=${tabStop(on, index === 0, any)}
        @click=${() => judge(draft, section, item, verdict)}
      >
        ${words()}
      </button>`;
    })}
  </div>`;
}
