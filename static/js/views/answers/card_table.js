/** @import {Rubric, Scorecard, SectionScore} from "../../types.js" */
import { html } from "../../../vendor/lit-html.js";
import { loss, plain, total } from "../../model/points.js";
import { progressOf } from "../../model/progress.js";
import { scoreBar } from "../../ui/score_bar.js";
import { say, text } from "../../wording/say.js";

/**
 * A scorecard as the trade prints it: full marks, score and loss of each section, then the total.
 * @param {{rubric: Rubric, card: Scorecard, help: string, running: boolean}} shown
 */
export function cardTable({ rubric, card, help, running }) {
  const points = card.raw === null ? "—" : total(card.raw);
  const lost = loss(card.lost ?? 0);
  const parts = rubric.sections.map((section) => progressOf(section, card));
  return html`<section class="card card--pad">
    <div class="big">
      <span class="score">${points}</span
      ><span class="grow fs13 faint big__l"
        >${running ? html`${say("score.running")} · ` : ""}${say("score.full_n", { n: plain(card.full) })}<br />${help}</span
      ><span class="r big__r"
        ><span class="fs13 faint">${say("score.lost")}</span><br /><b class="loss score"
          >${lost}</b
        ></span
      >
    </div>
    <div class="big__bar">
      ${scoreBar(parts, say("score.bar", { n: points, m: plain(card.lost ?? 0) }), "sbar--l")}
    </div>
    <table class="table22">
      <thead>
        <tr>
          <th scope="col">${say("score.section")}</th>
          <th scope="col">${say("score.full")}</th>
          <th scope="col">${say("score.got")}</th>
          <th scope="col">${say("score.lost")}</th>
        </tr>
      </thead>
      <tbody>
        ${rubric.sections.map((section) =>
          line(
            text(section.title),
            section.full,
            card.sections.find((one) => one.section === section.code),
          ),
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${say("score.total")}</th>
          <td>${plain(card.full)}</td>
          <td>${points}</td>
          <td class=${card.lost ? "cut" : ""}>${lost}</td>
        </tr>
      </tfoot>
    </table>
  </section>`;
}

/**
 * @param {string} title
 * @param {number} full
 * @param {SectionScore | undefined} score
 */
function line(title, full, score) {
  const lost = score?.lost ?? 0;
  return html`<tr>
    <th scope="row">${title}</th>
    <td>${plain(full)}</td>
    <td>${score?.earned === null || !score ? "—" : plain(score.earned)}</td>
    <td class=${lost ? "cut" : ""}>${lost ? loss(lost) : html`<span class="faint">0</span>`}</td>
  </tr>`;
}
