/** @import {Editor} from "../editor.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { plain } from "../../../js/model/points.js";
import { sectionsOf } from "../model/spots.js";
import { itemsSum } from "../model/sums.js";
import { say, text } from "../words.js";
import { toggle } from "./choices.js";
import { field, ownFaults, pointsField, wordsField } from "./fields.js";
import { sectionMenu } from "./panel_menus.js";

/** @param {Editor} editor */
export function sectionPanel(editor) {
  const { section: place } = editor.spot.value;
  const section = sectionsOf(editor.draft.value)[place];
  if (!section) return html`<p class="faint">${say("no_section")}</p>`;
  const path = ["sections", place];
  const more = section.over_allocated ?? false;
  const flip = () => editor.change([...path, "over_allocated"], more ? undefined : true);
  const sum = plain(itemsSum(section));
  return html`<div class="row">
      <h2 class="fs14 grow" id="panel-title">
        ${say("section_n", { n: place + 1 })} ${text(section.title)}
      </h2>
      ${sectionMenu(editor, { section: place, item: null })}
    </div>
    ${ownFaults(editor, path)} ${wordsField(editor, [...path, "title"], say("section_title"))}
    ${wordsField(editor, [...path, "short"], say("section_short"))}
    <div class="ed-two">
      ${field(editor, [...path, "code"], say("code"))}
      ${field(editor, [...path, "key"], say("key"), { help: say("key_help") })}
    </div>
    ${toggle(say("over_allocated"), say("over_allocated_help"), more, flip)}
    ${more ? pointsField(editor, [...path, "full"], say("full"), { help: say("items_sum", { n: sum }) }) : nothing}`;
}
