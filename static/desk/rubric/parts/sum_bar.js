/** @import {Editor} from "../editor.js" */
/** @import {DocSection} from "../types.js" */
import { html } from "../../../vendor/lit-html.js";
import { plain } from "../../../js/model/points.js";
import { icon } from "../../../js/ui/icon.js";
import { vars } from "../../../js/ui/vars.js";
import { points, sectionOver, standing } from "../model/sums.js";
import { say, text } from "../words.js";

/**
 * The card as one bar, a part per section, and whether it adds up.
 * @param {Editor} editor
 */
export function sumBar(editor) {
  const draft = editor.draft.value;
  const sums = standing(draft);
  const sections = draft.sections ?? [];
  const words = verdict(sums);
  return html`<section
    class="card ed-sum ${sums.exact ? "" : "ed-sum--bad"}"
    aria-label=${say("sum")}
  >
    <div class="ed-sum__bars" aria-hidden="true">
      ${sections.map((section) => part(editor, section))}
    </div>
    <div class="r ed-sum__r" role="status">
      <span class="score ${sums.exact ? "" : "crit"}">${plain(sums.total)}</span
      ><span class="faint"> / ${plain(sums.full)}</span>
      <div class="fs13 ${sums.exact ? "good" : "crit"}">
        ${icon(sums.exact ? "check" : "alert", "i--s")} ${words}
      </div>
    </div>
  </section>`;
}

/** @param {ReturnType<typeof standing>} sums */
function verdict({ exact, over, full }) {
  if (exact) return say("sum_right");
  if (!full) return say("sum_none");
  return say(over > 0 ? "sum_over" : "sum_under", { n: plain(Math.abs(over)) });
}

/**
 * @param {Editor} editor
 * @param {DocSection} section
 */
function part(editor, section) {
  const full = points(section.full);
  const over = overIn(editor, section);
  const kept = over > 0 && full ? 100 - (100 * over) / full : 100;
  const less = over < 0 ? ` (${plain(over)})` : "";
  return html`<div class="ed-sum__p" ${vars({ "--w": full / 100 || 1 })}>
    <i ${vars({ "--g": `${kept}%` })}></i
    ><span class="num clip ${over ? "crit" : ""}"
      >${text(section.short) || text(section.title)} ${plain(full)}${less}</span
    >
  </div>`;
}

/**
 * By how much a section is to blame for a sum that is wrong.
 * @param {Editor} editor
 * @param {DocSection} section
 */
export function overIn(editor, section) {
  const balanced = editor.balanced.value;
  if (!balanced || standing(editor.draft.value).exact) return 0;
  return sectionOver(balanced, section);
}
