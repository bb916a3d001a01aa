/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { loss, plain, total } from "../../model/points.js";
import { answeredOf, progressOf } from "../../model/progress.js";
import { preferences } from "../../ui/preferences.js";
import { scoreBar } from "../../ui/score_bar.js";
import { say } from "../../wording/say.js";

/**
 * The running score, large, with the bar that says where it was lost. In discreet mode only the bar is left.
 * @param {OpenDraft} draft
 */
export function scores(draft) {
  const card = draft.card.value;
  const counted = answeredOf(card);
  const shown = card.raw === null ? "—" : total(card.raw);
  const lost = card.lost ?? 0;
  const parts = draft.rubric.sections.map((section) => progressOf(section, card));
  // A look settles lines; no score follows from it.
  if (preferences.value.discreet || draft.visit.peek().lines)
    return scoreBar(parts, say("task.answered", { n: counted.answered, m: counted.of }));
  return html`${figures(shown, lost, card.full, counted)}
    <p class="sr" role="status" aria-live="polite">
      ${say("score.said", { n: shown, m: plain(lost), a: counted.answered, b: counted.of })}
    </p>
    ${scoreBar(parts, say("score.bar", { n: shown, m: plain(lost) }))}`;
}

/**
 * @param {string} shown
 * @param {number} lost
 * @param {number} full
 * @param {{answered: number, of: number}} counted
 */
function figures(shown, lost, full, { answered, of }) {
  return html`<div class="form-score">
    <span class="score">${shown}</span>
    <span class="fs13 faint grow form-score__l"
      >${say(answered < of ? "score.running" : "score.got")}<br />${say("score.full_n", { n: plain(full) })}</span
    >
    <span class="r fs13 faint form-score__l"
      >${say("score.deducted")}<br /><b class="num ${lost ? "loss" : "ink"}">${loss(lost)}</b></span
    >
    <span class="r fs13 faint form-score__l"
      >${say("score.answered")}<br /><b class="num ink"
        >${answered}<span class="faint">/${of}</span></b
      ></span
    >
  </div>`;
}
