/** @import {Item, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { repeat } from "../../../vendor/lit-repeat.js";
import { isOn } from "../../model/blockers.js";
import { numberOf } from "../../model/numbering.js";
import { loss, plain } from "../../model/points.js";
import { progressOf } from "../../model/progress.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { formAt, route } from "../../ui/route.js";
import { say, text } from "../../wording/say.js";
import { undoByKey } from "../answers/answering.js";
import { passRest, restOf } from "../answers/bulk_pass.js";
import { checkInCard } from "../presence/check_in.js";
import { laidOpen } from "../drafts/laid_open.js";
import { formHead } from "./head.js";
import { itemCard } from "./item.js";
import { photoFaults } from "../photos/faults.js";
import { quickPhoto } from "../photos/quick_photo.js";
import { openRest } from "./section_rest.js";
import { jumpOn, openSections } from "./section_sheet.js";

export function formScreen() {
  return laidOpen(form);
}

/** @param {OpenDraft} draft */
function form(draft) {
  const section = sectionOf(draft, route.value.section);
  return html`${formHead(draft, section)}
    <div class="here-place" ${island(() => checkInCard(draft))}></div>
    <main
      class="m-body form-body"
      id="main"
      @keydown=${(/** @type {KeyboardEvent} */ event) => undoByKey(draft, event)}
    >
      ${
        draft.visit.peek().return_reason
          ? html`<div class="banner banner--warn banner--r">
              ${icon("undo")}<span
                ><b>${say("task.returned_reason")}</b> ${draft.visit.peek().return_reason}</span
              >
            </div>`
          : nothing
      }
      ${repeat(
        itemsOf(draft, section),
        ({ item }) => item.code,
        ({ item, number }) =>
          html`<div
            class="item-place"
            id="item-${item.code}"
            ${island(() => itemCard(draft, section, item, number))}
          ></div>`,
      )}
      <div ${island(() => sectionFoot(draft, section))}></div>
    </main>
    ${actions(draft, section)}`;
}

/**
 * The section asked for, or the first: a draft is opened where it was left.
 * @param {OpenDraft} draft
 * @param {string} key
 * @returns {Section}
 */
function sectionOf(draft, key) {
  const { sections } = draft.rubric;
  const left = draft.visit.peek().at?.section;
  const found = sections.find((one) => one.key === (key || left)) ?? sections[0];
  if (!found) throw new Error("a rubric without sections");
  return found;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @returns {{item: Item, number: string}[]}
 */
function itemsOf(draft, section) {
  return section.items
    .filter((item) => isOn(item, draft.features))
    .map((item) => ({ item, number: numberOf(draft.rubric, item) }));
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 */
function sectionFoot(draft, section) {
  const rest = restOf(draft, section).length;
  const progress = progressOf(section, draft.card.value);
  const bulk = html`<button
    class="btn btn--b btn--lg btn--wrap"
    @click=${() => passRest(draft, section)}
  >
    ${icon("check2")}<span
      >${say("form.rest_pass", { n: rest })}
      <small class="faint">${say("form.rest_pass_note")}</small></span
    >
  </button>`;
  const summary = html`<section class="card section-sum">
    <div class="row row--base">
      <h2 class="fs15">${text(section.title)}</h2>
      <span class="end num only-open"
        ><span class="score">${progress.earned === null ? "—" : plain(progress.earned)}</span
        ><span class="faint fs14"> / ${plain(section.full)}</span></span
      ><b class="loss num only-open">${progress.lost ? loss(progress.lost) : nothing}</b>
    </div>
  </section>`;
  if (progress.answered === progress.of) return summary;
  return html`${rest ? bulk : nothing}
    <button class="btn btn--b btn--q btn--wrap" @click=${() => openRest(draft, section)}>
      ${say("rest.open")}
    </button>`;
}

/**
 * All within one thumb: every section, a photo, a note, the next item left, and on.
 * @param {OpenDraft} draft
 * @param {Section} section
 */
function actions(draft, section) {
  const { sections } = draft.rubric;
  const visit = draft.visit.peek().id;
  const next = sections[sections.indexOf(section) + 1];
  return html`<footer class="m-foot">
    <div ${island(() => photoFaults(draft, ""))}></div>
    <div class="actionbar actionbar--form">
      <button
        class="btn btn--lg btn--icon"
        aria-label=${say("jump.sheet")}
        aria-haspopup="dialog"
        @click=${() => openSections(draft)}
      >
        ${icon("layers")}
      </button>
      ${quickPhoto(draft)}
      <a
        class="btn btn--lg btn--icon"
        href="#/visits/${visit}/capture"
        aria-label=${say("cap.title")}
        >${icon("note")}</a
      >
      <button
        class="btn btn--lg btn--icon"
        aria-label=${say("jump.next")}
        @click=${() => jumpOn(draft)}
      >
        ${icon("arrowdown")}
      </button>
      ${
        next
          ? html`<a
              class="btn btn--lg btn--p btn--g"
              href=${formAt(visit, next.key)}
              aria-label=${say("form.next", { x: text(next.title) })}
              >${text(next.short)}${icon("right")}</a
            >`
          : html`<a
              class="btn btn--lg btn--p btn--g"
              href="#/visits/${visit}/check"
              aria-label=${say("check.title")}
              >${say("check.short")}${icon("right")}</a
            >`
      }
    </div>
  </footer>`;
}
