/** @import {SectionRow, StoreNotice} from "../../types.js" */
import { html } from "../../../vendor/lit-html.js";
import { say } from "../../wording/say.js";

/**
 * The score section by section, as it is printed.
 * @param {StoreNotice} notice
 */
export function sectionTable(notice) {
  const title = say("notice.table");
  return html`<h2 class="sect-t">
      ${title}<span class="end">${notice.rubric_title} ${notice.rubric_edition}</span>
    </h2>
    <section class="card card--pad" lang=${notice.language}>
      <table class="table22">
        <caption class="sr">
          ${title}
        </caption>
        <thead>
          <tr>
            ${/** @type {const} */ (["section", "full", "got", "lost"]).map((name) => html`<th scope="col">${say(`notice.col_${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${notice.sections.map(row)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${say("notice.sum")}</th>
            <td>${notice.full}</td>
            <td>${notice.score}</td>
            <td class="cut">${notice.lost}</td>
          </tr>
        </tfoot>
      </table>
      ${notice.notes.map((note) => html`<p class="help">${note}</p>`)}
    </section>
    <p class="fs12 faint c">${say("notice.check")} <span class="num">${notice.check}</span></p>`;
}

/** @param {SectionRow} section */
function row(section) {
  return html`<tr>
    <th scope="row">${section.title}</th>
    <td>${section.full}</td>
    <td>${section.score}</td>
    <td class=${section.lost_hundredths ? "cut" : ""}>${section.lost}</td>
  </tr>`;
}
