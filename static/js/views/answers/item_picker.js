/** @import {Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isOn } from "../../model/blockers.js";
import { numberOf } from "../../model/numbering.js";
import { text } from "../../wording/say.js";

/**
 * The items of the card, one of which something belongs to.
 * @param {OpenDraft} draft
 * @param {readonly Section[]} sections in the order they are offered
 * @param {(item: string) => void} choose
 * @param {string} [current] where it is now
 */
export function itemPicker(draft, sections, choose, current = "") {
  return sections.map(
    (section) =>
      html`<h3 class="sect-t">${text(section.title)}</h3>
        <div class="cells">
          ${section.items
            .filter((item) => isOn(item, draft.features))
            .map(
              (item) =>
                html`<button
                  class="cell"
                  aria-current=${item.code === current ? "true" : nothing}
                  ?disabled=${item.code === current}
                  @click=${() => choose(item.code)}
                >
                  <span class="item__n">${numberOf(draft.rubric, item)}</span
                  ><span class="grow">${text(item.title)}</span>
                </button>`,
            )}
        </div>`,
  );
}
