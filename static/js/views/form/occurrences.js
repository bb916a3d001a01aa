/** @import {AnswerRow, Item, Occ} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss, plain } from "../../model/points.js";
import { preferences } from "../../ui/preferences.js";
import { stepper } from "../../ui/stepper.js";
import { say, text } from "../../wording/say.js";
import { limit } from "../answers/hours.js";
import { optionWords } from "../answers/option_words.js";

const MOST = 999;

/**
 * How often something was seen; the facts are counted on after the marks have run out.
 * @param {Occ} rule
 * @param {Item} item
 * @param {AnswerRow} row
 * @param {number} lost
 * @param {(facts: Partial<AnswerRow>) => void} change
 */
export function occurrences(rule, item, row, lost, change) {
  const unit = text(rule.unit);
  const least = row.veto ? 0 : 1;
  const { veto_option } = rule;
  const counted = say("form.count", { n: row.count, unit });
  return html`<div class="row gap3">
      ${stepper({
        label: say("form.how_many"),
        shown: preferences.value.discreet ? row.count : loss(lost),
        less: say("form.one_less", { unit }),
        more: say("form.one_more", { unit }),
        canLess: row.count > least,
        canMore: row.count < MOST,
        onStep: (by) => change({ count: row.count + by }),
      })}
      <span class="beside num"
        ><span
          ><b>${counted}</b
          ><span class="only-open">
            ×
            ${plain(rule.each)}${lost >= item.full ? html` · ${say("score.max_reached")}` : nothing}</span
          ></span
        ><span class="only-open">${limit(item)}</span></span
      >
    </div>
    ${
      veto_option
        ? html`<div class="chips">
            <button
              class="chip chip--loss chip--veto"
              aria-pressed=${row.veto}
              @click=${() => change({ veto: !row.veto, count: row.veto ? Math.max(1, row.count) : row.count })}
            >
              ${optionWords(veto_option)}
            </button>
          </div>`
        : nothing
    }`;
}
