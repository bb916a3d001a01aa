/** @import {Editor} from "../editor.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { goBack, goTo, step } from "../steps.js";
import { say } from "../words.js";
import { cardPanel } from "./card_panel.js";
import { conflict } from "./conflict.js";
import { faultList } from "./fault_list.js";
import { itemPanel } from "./item_panel.js";
import { itemTable } from "./item_table.js";
import { previewFrame, previewing } from "./preview.js";
import { saidPlace } from "./said.js";
import { sectionList } from "./section_list.js";
import { sectionPanel } from "./section_panel.js";
import { toolbar } from "./standing_words.js";
import { sumBar } from "./sum_bar.js";

const PANELS = { item: itemPanel, section: sectionPanel, card: cardPanel };

/** The whole editor. @param {Editor} editor */
export function screen(editor) {
  const preview = () => {
    previewing.value = !previewing.peek();
    if (previewing.peek()) goTo("preview");
  };
  const place = step.value;
  return html`${toolbar(editor, { preview, previewing: previewing.value })} ${conflict(editor)}
    ${sumBar(editor)} ${faultList(editor)}
    <div class="ed ${previewing.value ? "ed--preview" : ""}" data-step=${place}>
      ${
        place === "sections"
          ? nothing
          : html`<button type="button" class="btn btn--sm ed__back" @click=${goBack}>
              ${icon("left")}${say("back")}
            </button>`
      }
      <div class="ed__secs">${sectionList(editor)}</div>
      <div class="ed__items">${itemTable(editor)}</div>
      <section class="card ed-panel ed__panel" aria-labelledby="panel-title">
        ${PANELS[editor.panel.value](editor)}
      </section>
      ${previewing.value ? previewFrame(editor) : nothing}
    </div>
    ${saidPlace()}`;
}
