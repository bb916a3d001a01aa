/** @import {AnswerRow, Item, Meas, Occ, Option, Section} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { bandOf, measuredValue, measuredVerdict } from "../model/measured.js";
import { loss, plain } from "../model/points.js";
import { icon } from "../ui/icon.js";
import { preferences } from "../ui/preferences.js";
import { onArrow, tabStop } from "../ui/radios.js";
import { stepper } from "../ui/stepper.js";
import { say, text } from "../wording/say.js";
import { edit } from "./answering.js";
import { hours } from "./hours.js";

const MOST = 999;

/**
 * What was found, in the form the item's rule asks for.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function findingOf(draft, section, item, row) {
  const { rule } = item;
  const change = (/** @type {Partial<AnswerRow>} */ facts) =>
    edit(draft, section, { ...row, ...facts });
  const lost = draft.card.value.items.find((one) => one.item === item.code)?.lost ?? 0;
  if (rule.kind === "tier")
    return html`${tier(rule.options, row, change)}${outcome(item, lost, true)}`;
  if (rule.kind === "sum")
    return html`${ticks(rule.ticks, row, change)}${outcome(item, lost, true)}`;
  if (rule.kind === "occ") return occurrences(rule, item, row, lost, change);
  return outcome(item, lost, true);
}

/**
 * @param {Item} item
 * @param {number} lost
 * @param {boolean} alone whether nothing else in the row says how much
 */
function outcome(item, lost, alone) {
  if (!lost && alone) return nothing;
  const full =
    lost >= item.full
      ? html`<span class="fs13 faint nowrap">${say("score.max_reached")}</span>`
      : nothing;
  return html`<div class="row only-open">
    ${alone ? html`<b class="score fs18 loss">${loss(lost)}</b>` : nothing}${full}
    <span class="end fs13 faint nowrap"
      >${icon("clock", "i--s")} ${say("score.fix_in", { x: hours(item.hours) })}</span
    >
  </div>`;
}

/**
 * @param {readonly Option[]} options
 * @param {AnswerRow} row
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
function tier(options, row, change) {
  return html`<div
    class="chips"
    role="radiogroup"
    aria-label=${say("score.reason")}
    @keydown=${onArrow}
  >
    ${options.map((option, index) => {
      const on = row.option === option.code;
      return html`<button
        class="chip chip--loss ${option.veto ? "chip--veto" : ""}"
        role="radio"
        aria-checked=${on}
        tabindex=${tabStop(on, index === 0, row.option !== null)}
        @click=${() => change({ option: option.code })}
      >
        ${words(option)}
      </button>`;
    })}
  </div>`;
}

/** @param {Option} option */
function words(option) {
  return html`${option.veto ? icon("critical", "i--s") : nothing}${text(option.text)}
    <b>${loss(option.loss)}</b>${
      option.veto ? html`<span class="only-open">· ${say("form.veto")}</span>` : nothing
    }`;
}

/**
 * @param {readonly Option[]} offered
 * @param {AnswerRow} row
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
function ticks(offered, row, change) {
  const flip = (/** @type {string} */ code) =>
    change({
      ticks: row.ticks.includes(code)
        ? row.ticks.filter((one) => one !== code)
        : [...row.ticks, code],
    });
  return html`<div class="chips" role="group" aria-label=${say("score.reason")}>
    ${offered.map(
      (tick) =>
        html`<button
          class="chip chip--loss"
          aria-pressed=${row.ticks.includes(tick.code)}
          @click=${() => flip(tick.code)}
        >
          ${words(tick)}
        </button>`,
    )}
  </div>`;
}

/**
 * @param {Occ} rule
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {number} lost
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
function occurrences(rule, item, row, lost, change) {
  const unit = text(rule.unit);
  const least = row.veto ? 0 : 1;
  const { veto_option } = rule;
  const counted = say("form.count", { n: row.count, unit });
  return html`<div class="row row--wrap">
      ${stepper({
        label: say("form.how_many"),
        shown: preferences.value.discreet ? row.count : loss(lost),
        less: say("form.one_less", { unit }),
        more: say("form.one_more", { unit }),
        canLess: row.count > least,
        canMore: row.count < MOST,
        onStep: (by) => change({ count: row.count + by }),
      })}
      <span class="fs14 num nowrap"
        >${counted}<span class="faint only-open"> × ${plain(rule.each)}</span></span
      >
      ${outcome(item, lost, false)}
    </div>
    ${
      veto_option
        ? html`<div class="chips">
            <button
              class="chip chip--loss chip--veto"
              aria-pressed=${row.veto}
              @click=${() => change({ veto: !row.veto, count: row.veto ? Math.max(1, row.count) : row.count })}
            >
              ${words(veto_option)}
            </button>
          </div>`
        : nothing
    }`;
}

/**
 * A number to measure; it judges itself.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function measuring(draft, section, item, row) {
  const rule = /** @type {Meas} */ (item.rule);
  const typed = (/** @type {Event} */ event) => {
    const measured = /** @type {HTMLInputElement} */ (event.target).value.trim().replace(",", ".");
    edit(draft, section, { ...row, measured, verdict: measuredVerdict(rule, measured) });
  };
  const value = measuredValue(rule, row.measured);
  const band = value === null ? undefined : bandOf(rule, value);
  const range = say("form.measure_range", { a: plain(rule.least), b: plain(rule.most) });
  return html`<label class="field"
      ><span>${say("form.measured", { unit: text(rule.unit) })}</span
      ><span class="input ${row.measured && value === null ? "input--bad" : ""}"
        ><input
          inputmode="decimal"
          autocomplete="off"
          .value=${row.measured}
          @input=${typed}
        /><span class="faint">${text(rule.unit)}</span></span
      ></label
    >
    ${row.measured && value === null ? html`<p class="help help--bad">${icon("alert", "i--s")}${range}</p>` : nothing}
    ${value === null ? nothing : html`<p class="fs14 ${band ? "loss" : "good"}">${band ? text(band.text) : say("score.pass")}</p>`}`;
}
