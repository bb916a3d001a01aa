/** @import {Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss, plain } from "../../model/points.js";
import { blockers } from "../../model/blockers.js";
import { progressOf } from "../../model/progress.js";
import { nextUnanswered, unanswered } from "../../model/unanswered.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { hide, show } from "../../ui/overlay.js";
import { formAt, go, route } from "../../ui/route.js";
import { toast } from "../../ui/toast.js";
import { say, text } from "../../wording/say.js";
import { under } from "../answers/answering.js";

/**
 * To the next item nobody judged yet, wherever on the card it is.
 * @param {OpenDraft} draft
 */
export function jumpOn(draft) {
  const { id, at } = draft.visit.peek();
  const next = nextUnanswered(draft, at?.item ?? "");
  if (!next) return toast({ icon: "check", message: say("jump.none") });
  const { section, item } = next;
  draft.put([], { at: { section: section.key, item: item.code } });
  if (document.getElementById(`item-${item.code}`)) under(item.code);
  else go(formAt(id, section.key));
}

/**
 * All sections with what is left of them, each a tap away.
 * @param {OpenDraft} draft
 */
export function openSections(draft) {
  show({
    kind: "sheet",
    title: say("jump.sheet"),
    close: say("common.close"),
    body: () => html`<div class="stack" ${island(() => sections(draft))}></div>`,
  });
}

/** @param {OpenDraft} draft */
function sections(draft) {
  const left = unanswered(draft).length;
  const lacking = new Map();
  for (const { section, code } of blockers(draft))
    if (code !== "unanswered") lacking.set(section, (lacking.get(section) ?? 0) + 1);
  const on = () => {
    hide();
    jumpOn(draft);
  };
  return html`${
      left
        ? html`<button class="btn btn--p btn--lg btn--b btn--wrap" @click=${on}>
            ${icon("arrowdown")}${say("jump.next_n", { n: left })}
          </button>`
        : nothing
    }
    <nav class="cells" aria-label=${say("form.sections")}>
      ${draft.rubric.sections.map((section) => line(draft, section, lacking.get(section.key) ?? 0))}
    </nav>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {number} lacks
 */
function line(draft, section, lacks) {
  const { answered, of, earned, lost } = progressOf(section, draft.card.value);
  const here = route.value.section === section.key;
  return html`<a
    class="cell cell--wrap"
    href=${formAt(draft.visit.peek().id, section.key)}
    aria-current=${here ? "true" : nothing}
    @click=${hide}
  >
    <span class="grow"
      >${text(section.title)}<small class="num"
        >${say("jump.of", { n: answered, m: of })}${lacks ? html` · <b class="loss">${say("jump.lacks", { n: lacks })}</b>` : nothing}</small
      ></span
    >
    <span class="num only-open"
      >${earned === null ? "—" : plain(earned)}<span class="faint"> / ${plain(section.full)}</span>
      ${lost ? html`<b class="loss">${loss(lost)}</b>` : nothing}</span
    >
  </a>`;
}
