/** @import {Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
/** @import {SectionProgress} from "../../model/progress.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss, plain } from "../../model/points.js";
import { progressOf } from "../../model/progress.js";
import { icon } from "../../ui/icon.js";
import { preferences } from "../../ui/preferences.js";
import { formAt } from "../../ui/route.js";
import { say, text } from "../../wording/say.js";

/**
 * One tab per section with where it stands: waiting 0/4, done ✓20, lost −5.
 * @param {OpenDraft} draft
 * @param {Section} current
 */
export function sectionTabs(draft, current) {
  const { id } = draft.visit.peek();
  requestAnimationFrame(centre);
  return html`<nav class="stabs" aria-label=${say("form.sections")}>
    ${draft.rubric.sections.map(
      (section) =>
        html`<a
          href=${formAt(id, section.key)}
          aria-current=${section === current ? "true" : nothing}
          title=${text(section.title)}
          >${text(section.short)}${standing(progressOf(section, draft.card.value))}</a
        >`,
    )}
  </nav>`;
}

/** Where the tabs are wider than the phone, the current one is brought into sight. */
function centre() {
  const tabs = document.querySelector(".stabs");
  const current = tabs?.querySelector("[aria-current]");
  if (!(tabs && current instanceof HTMLElement)) return;
  tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}

/** @param {SectionProgress} progress */
function standing(progress) {
  return preferences.value.discreet ? discreetly(progress) : openly(progress);
}

/** @param {SectionProgress} progress */
function openly({ state, answered, of, lost, earned }) {
  if (state === "off") return html`<small>—</small>`;
  if (state === "done") return html`<small class="done">${check()}${plain(earned ?? 0)}</small>`;
  if (state === "cut") return html`<small class="cut">${loss(lost)}</small>`;
  return html`<small>${answered}/${of}</small>`;
}

/** @param {SectionProgress} progress */
function discreetly({ answered, of }) {
  if (answered === of) return html`<small>${check()}</small>`;
  return html`<small>${answered ? "•" : nothing}</small>`;
}

function check() {
  return html`<span class="sr">${say("form.section_done")}</span>${icon("check")}`;
}
