/** @import {Editor} from "../editor.js" */
/** @import {Cause} from "../model/sums.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { plain } from "../../../js/model/points.js";
import { sectionsOf } from "../model/spots.js";
import { causes, points, standing } from "../model/sums.js";
import { say, text } from "../words.js";

const MOST = 3;

/**
 * Why the card does not add up: what was changed since it did, and what would mend it.
 * @param {Editor} editor
 */
export function sumCauses(editor) {
  const draft = editor.draft.value;
  const { over, exact } = standing(draft);
  if (exact) return nothing;
  const balanced = editor.balanced.value;
  const found = balanced ? causes(balanced, draft) : [];
  return html`<div class="card__f ed-causes" role="note">
    ${found.slice(0, MOST).map((cause) => one(editor, cause))}
    <p>${say(over > 0 ? "mend_over" : "mend_under", { n: plain(Math.abs(over)) })}</p>
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Cause} cause
 */
function one(editor, cause) {
  const section = sectionsOf(editor.draft.value)[cause.section];
  const { section: place, item, before } = cause;
  const back = () => editor.change(["sections", place, "items", item ?? 0, "full"], before);
  return html`<p>
    <b class="crit">${say("cause", { x: cause.number, a: before, b: cause.after })}</b>
    ${say("cause_section", { x: text(section?.title), n: plain(points(section?.full)) })}
    ${
      item === null
        ? nothing
        : html`<button type="button" class="link" @click=${back}>${say("undo_this")}</button>`
    }
  </p>`;
}
