/** @import {AnswerRow, Item, Option, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss } from "../../model/points.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { edit } from "../answers/answering.js";
import { occurrences } from "./occurrences.js";
import { limit } from "../answers/hours.js";
import { optionWords } from "../answers/option_words.js";

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
  const lost = draft.lost(item.code);
  if (rule.kind === "tier") return html`${tier(rule.options, row, change)}${outcome(item, lost)}`;
  if (rule.kind === "sum") return html`${ticks(rule.ticks, row, change)}${outcome(item, lost)}`;
  if (rule.kind === "occ") return occurrences(rule, item, row, lost, change);
  return outcome(item, lost);
}

/**
 * What a finding costs, and how long the store has.
 * @param {Item} item
 * @param {number} lost
 */
function outcome(item, lost) {
  if (!lost) return nothing;
  return html`<div class="row only-open">
    <b class="score fs18 loss">${loss(lost)}</b>
    <span class="fs13 faint nowrap">${lost >= item.full ? say("score.max_reached") : nothing}</span>
    <span class="end fs13 faint nowrap">${limit(item)}</span>
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
        ${optionWords(option)}
      </button>`;
    })}
  </div>`;
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
          ${optionWords(tick)}
        </button>`,
    )}
  </div>`;
}
