/** @import {Item} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { inOrder } from "../../model/answer_row.js";
import { blockers } from "../../model/blockers.js";
import { numberOf, sectionKeyOf } from "../../model/numbering.js";
import { loss } from "../../model/points.js";
import { thumbOf } from "../../store/pictures.js";
import { icon } from "../../ui/icon.js";
import { formAt, go } from "../../ui/route.js";
import { picture } from "../../ui/thumb.js";
import { say, text } from "../../wording/say.js";
import { findingWords } from "../answers/finding_words.js";

/**
 * Every loss of a draft: photo, item, what was found, points.
 * @param {OpenDraft} draft
 */
export function lossList(draft) {
  const lost = draft.card.value.items.filter((score) => score.lost > 0);
  if (!lost.length) return nothing;
  const complete = !blockers(draft).some((one) => one.code === "photo" || one.code === "unplaced");
  return html`<section class="card card--pad loss-card">
    <div class="row">
      <h2 class="fs15">${say("check.deductions", { n: lost.length })}</h2>
      ${complete ? html`<span class="cue cue--ok end">${icon("check", "i--s")}${say("check.photos_ok")}</span>` : nothing}
    </div>
    ${lost.map((score) => {
      const item = draft.items.get(score.item);
      return item ? row(draft, item, score.lost) : nothing;
    })}
  </section>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Item} item
 * @param {number} lost
 */
function row(draft, item, lost) {
  const [slot] = inOrder(draft.slotsOf(item.code));
  const section = sectionKeyOf(draft.rubric, item.code);
  const there = () => {
    draft.put([], { at: { section, item: item.code } });
    go(formAt(draft.visit.peek().id, section));
  };
  const said = draft.row(item.code);
  const found = findingWords(item, said) || said.note;
  return html`<button class="lossrow" @click=${there}>
    <span class="photo"
      >${
        slot
          ? picture(slot.sha256, () => thumbOf(slot), say("score.evidence"))
          : html`<span class="photo__none">${icon("note")}</span>`
      }</span
    ><span class="grow"
      ><span class="clip2 fs15">${numberOf(draft.rubric, item)} ${text(item.title)}</span
      ><small class="faint clip">${found}</small></span
    ><b class="loss num only-open">${loss(lost)}</b>${icon("right", "i--s")}
  </button>`;
}
