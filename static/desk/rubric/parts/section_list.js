/** @import {Editor} from "../editor.js" */
/** @import {DocSection} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { plain } from "../../../js/model/points.js";
import { icon } from "../../../js/ui/icon.js";
import { move, newSection, nudgeByKey } from "../deeds.js";
import { faultsAt } from "../model/faults.js";
import { sectionsOf } from "../model/spots.js";
import { points } from "../model/sums.js";
import { goTo } from "../steps.js";
import { say, text } from "../words.js";
import { begin, drop, dragged, end, hang, isOver } from "./drag.js";
import { overIn } from "./sum_bar.js";

/** @param {Editor} editor */
export function sectionList(editor) {
  const sections = sectionsOf(editor.draft.value);
  const card = () => {
    editor.panel.value = "card";
    goTo("panel");
  };
  return html`<section class="card ed-secs" aria-labelledby="secs-title">
    <div class="card__h">
      <h2 id="secs-title">${say("sections")}</h2>
      <span class="end faint fs12">${sections.length}</span>
    </div>
    <ol>
      ${sections.map((section, place) => row(editor, section, place))}
    </ol>
    <div class="card__f">
      <button type="button" class="link" @click=${() => (newSection(editor), goTo("panel"))}>
        ${icon("plus", "i--s")}${say("add_section")}
      </button>
      <p class="fs12 faint">${say("sections_help")}</p>
    </div>
    <button
      type="button"
      class="cell ed-secs__card"
      aria-current=${editor.panel.value === "card" ? "true" : nothing}
      @click=${card}
    >
      ${icon("sliders")}<span class="grow">${say("whole_card")}</span>${cardFaults(editor)}
    </button>
  </section>`;
}

/** @param {Editor} editor */
function cardFaults(editor) {
  const n = editor.faults.value.filter(({ path }) => !path.startsWith("sections/")).length;
  return n ? sign(n) : nothing;
}

/** @param {number} n */
export function sign(n) {
  return html`<span class="ed-fault" title=${say("n_faults", { n })}
    >${icon("alert", "i--s")}<span class="sr">${say("n_faults", { n })}</span></span
  >`;
}

/**
 * @param {Editor} editor
 * @param {DocSection} section
 * @param {number} place
 */
function row(editor, section, place) {
  const spot = { section: place, item: null };
  const current = editor.spot.value.section === place && editor.panel.value !== "card";
  const faulty = faultsAt(editor.faults.value, ["sections", place]).length;
  const name = text(section.title) || say("unnamed");
  const choose = () => {
    const first = section.items?.length ? 0 : null;
    editor.choose({ section: place, item: first });
    goTo("items");
  };
  return html`<li
    class="ed-sec ${isOver(spot) ? "is-over" : ""}"
    draggable="true"
    aria-current=${current ? "true" : nothing}
    @dragstart=${(/** @type {DragEvent} */ event) => begin(event, spot)}
    @dragend=${end}
    @dragover=${(/** @type {DragEvent} */ event) => hang(event, spot)}
    @drop=${(/** @type {DragEvent} */ event) => drop(event, (from) => move(editor, from, spot))}
  >
    <button
      type="button"
      class="ed-grip"
      data-grip=${place + 1}
      aria-label=${say("move_by_keys", { x: name })}
      @keydown=${(/** @type {KeyboardEvent} */ event) => nudgeByKey(editor, spot, event)}
    >
      ${icon("grip")}
    </button>
    <button type="button" class="ed-sec__b" @click=${choose}>
      <span class="grow">${name}</span>${faulty ? sign(faulty) : nothing}<span
        class="num ${overIn(editor, section) && !dragged.value ? "crit" : ""}"
        >${plain(points(section.full))}</span
      >
    </button>
  </li>`;
}
