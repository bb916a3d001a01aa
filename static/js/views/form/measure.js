/** @import {AnswerRow, Item, Meas, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { bandOf, measuredValue, measuredVerdict } from "../../model/measured.js";
import { plain } from "../../model/points.js";
import { icon } from "../../ui/icon.js";
import { say, text } from "../../wording/say.js";
import { edit } from "../answers/answering.js";
import { stopwatch } from "./stopwatch.js";

/**
 * A number to measure; it judges itself.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function measuring(draft, section, item, row) {
  if (item.rule.kind !== "meas") return nothing;
  const { rule } = item;
  const value = measuredValue(rule, row.measured);
  const bad = row.measured !== "" && value === null;
  const typed = (/** @type {Event} */ event) => {
    const entered = /** @type {HTMLInputElement} */ (event.target).value;
    const measured = entered.trim().replace(",", ".");
    edit(draft, section, { ...row, measured, verdict: measuredVerdict(rule, measured) });
  };
  return html`${stopwatch(draft, section, item, rule)}<label class="field"
      ><span>${say("form.measured", { unit: text(rule.unit) })}</span
      ><span class="input ${bad ? "input--bad" : ""}"
        ><input
          inputmode="decimal"
          autocomplete="off"
          .value=${row.measured}
          @input=${typed}
        /><span class="faint">${text(rule.unit)}</span></span
      ></label
    >
    ${bad ? limits(rule) : nothing}${value === null ? nothing : verdict(rule, value)}`;
}

/** @param {Meas} rule */
function limits(rule) {
  const range = { a: plain(rule.least), b: plain(rule.most) };
  return html`<p class="help help--bad">
    ${icon("alert", "i--s")}${say("form.measure_range", range)}
  </p>`;
}

/**
 * @param {Meas} rule
 * @param {number} value
 */
function verdict(rule, value) {
  const band = bandOf(rule, value);
  return html`<p class="fs14 ${band ? "loss" : "good"}">
    ${band ? text(band.text) : say("score.pass")}
  </p>`;
}
