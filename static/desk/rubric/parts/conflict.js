/** @import {Editor} from "../editor.js" */
/** @import {Doc, Path, Report} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { clock } from "../../../js/model/when.js";
import { choices } from "../model/differences.js";
import { at } from "../model/document.js";
import { spotAt } from "../model/faults.js";
import { itemAt, numberOf, sectionsOf } from "../model/spots.js";
import { say, text } from "../words.js";

const MOST = 60;

/**
 * Somebody else changed the draft as well: both are shown, and somebody decides.
 * @param {Editor} editor
 */
export function conflict(editor) {
  const { theirs } = editor.kept.value;
  return theirs ? both(editor, theirs) : nothing;
}

/**
 * @param {Editor} editor
 * @param {Report} theirs
 */
function both(editor, theirs) {
  const mine = editor.draft.value;
  const x = theirs.changed_by_you ? say("conflict_window") : theirs.changed_by;
  const found = choices(mine, theirs.document);
  return html`<section class="card card--pad ed-conflict" role="alert" aria-labelledby="conflict-t">
    <h2 class="fs15" id="conflict-t">
      ${icon("split")} ${say(theirs.changed_by_you ? "conflict_own" : "conflict")}
    </h2>
    <p class="muted">
      ${say("conflict_help", { x, t: clock(theirs.changed_at), n: found.length })}
    </p>
    <div class="scrollx">
      <table class="table">
        <thead>
          <tr>
            <th>${say("conflict_where")}</th>
            <th>${say("conflict_mine")}</th>
            <th>${say("conflict_theirs", { x })}</th>
            <th></th>
          </tr>
        </thead>
        <tbody>
          ${found.slice(0, MOST).map(
            (one) =>
              html`<tr>
                <th scope="row">${placeWords(mine, one.path)}</th>
                <td>${shown(one.mine)}</td>
                <td>${shown(one.theirs)}</td>
                <td class="r">
                  <button
                    type="button"
                    class="btn btn--sm"
                    @click=${() => editor.change(one.path, at(theirs.document, one.path))}
                  >
                    ${say("conflict_take_one")}
                  </button>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="row row--wrap">
      <button type="button" class="btn btn--p" @click=${() => editor.settle(mine)}>
        ${say("conflict_keep_mine")}
      </button>
      <button type="button" class="btn" @click=${() => editor.settle(theirs.document)}>
        ${say("conflict_take_theirs")}
      </button>
    </div>
  </section>`;
}

/**
 * @param {Doc} draft
 * @param {Path} path
 */
function placeWords(draft, path) {
  const spot = spotAt(path);
  if (!spot) return fieldWords(path);
  const named = itemAt(draft, spot) ?? sectionsOf(draft)[spot.section];
  return `${numberOf(spot)} ${text(named?.title)} · ${fieldWords(path.slice(spot.item === null ? 2 : 4))}`;
}

/** The names of fields that are called otherwise on the screen. @type {Record<string, string>} */
const NAMES = {
  ...{ title: "card_title", rule: "kind", options: "reason", ticks: "reason", text: "reason" },
  ...{ sections: "sections", items: "item", critical: "critical", short: "section_short" },
};

/** @param {Path} path */
function fieldWords(path) {
  const words = path.map((step) =>
    typeof step === "number" ? step + 1 : say(NAMES[step] ?? step),
  );
  return words.join(" · ");
}

/** @param {unknown} value */
function shown(value) {
  if (value === undefined || value === "") return html`<span class="faint">—</span>`;
  if (Array.isArray(value)) return say("conflict_parts", { n: value.length });
  if (typeof value !== "object" || value === null) return String(value);
  const { title, text: words } = /** @type {any} */ (value);
  return text(title ?? words) || say("conflict_part");
}
