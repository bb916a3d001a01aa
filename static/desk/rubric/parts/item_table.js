/** @import {Editor} from "../editor.js" */
/** @import {DocItem} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { plain } from "../../../js/model/points.js";
import { icon } from "../../../js/ui/icon.js";
import { move, newItem, nudgeByKey } from "../deeds.js";
import { same } from "../model/document.js";
import { faultsAt } from "../model/faults.js";
import { isCritical } from "../model/rules.js";
import { itemsOf, numberOf, sectionsOf } from "../model/spots.js";
import { points } from "../model/sums.js";
import { goTo } from "../steps.js";
import { say, text } from "../words.js";
import { begin, drop, end, hang, isOver } from "./drag.js";
import { sign } from "./section_list.js";
import { sumCauses } from "./sum_causes.js";

/** @param {Editor} editor */
export function itemTable(editor) {
  const { section: place } = editor.spot.value;
  const section = sectionsOf(editor.draft.value)[place];
  if (!section)
    return html`<section class="card card--pad ed-items">${say("no_section")}</section>`;
  const items = itemsOf(editor.draft.value, place);
  return html`<section class="card card--flush ed-items" aria-labelledby="items-title">
    <div class="card__h">
      <h2 id="items-title">${text(section.title) || say("unnamed")}</h2>
      <span class="faint fs13"
        >${say("items_points", { n: items.length, m: plain(points(section.full)) })}</span
      >
      <button
        type="button"
        class="link end"
        @click=${() => {
          editor.choose({ section: place, item: editor.spot.peek().item }, "section");
          goTo("panel");
        }}
      >
        ${icon("pen", "i--s")}${say("edit_section")}
      </button>
    </div>
    ${items.length ? table(editor, place, items) : html`<p class="card--pad faint">${say("no_items")}</p>`}
    <div class="card__f row row--wrap">
      <button
        type="button"
        class="link"
        @click=${() => {
          newItem(editor, place);
          goTo("panel");
        }}
      >
        ${icon("plus", "i--s")}${say("add_item")}</button
      ><span class="end fs13 muted">${say("keys_help")}</span>
    </div>
    ${sumCauses(editor)}
  </section>`;
}

/**
 * @param {Editor} editor
 * @param {number} place
 * @param {readonly DocItem[]} items
 */
function table(editor, place, items) {
  return html`<table class="table ed-items__t">
    <thead>
      <tr>
        <th><span class="sr">${say("move")}</span></th>
        <th>${say("item")}</th>
        <th class="r">${say("full")}</th>
        <th class="c wide-cell">${say("hours_short")}</th>
        <th class="c wide-cell">${say("evidence")}</th>
      </tr>
    </thead>
    <tbody>
      ${items.map((item, index) => row(editor, item, { section: place, item: index }))}
    </tbody>
  </table>`;
}

/**
 * @param {Editor} editor
 * @param {DocItem} item
 * @param {{section: number, item: number}} spot
 */
function row(editor, item, spot) {
  const chosen = editor.panel.value === "item" && editor.spot.value.item === spot.item;
  const faulty = faultsAt(editor.faults.value, ["sections", spot.section, "items", spot.item]);
  const name = text(item.title) || say("unnamed");
  const choose = () => {
    editor.choose(spot);
    goTo("panel");
  };
  return html`<tr
    aria-selected=${chosen}
    class=${isOver(spot) ? "is-over" : ""}
    draggable="true"
    @click=${choose}
    @dragstart=${(/** @type {DragEvent} */ event) => begin(event, spot)}
    @dragend=${end}
    @dragover=${(/** @type {DragEvent} */ event) => hang(event, spot)}
    @drop=${(/** @type {DragEvent} */ event) => drop(event, (from) => dropped(editor, from, spot))}
  >
    <td>
      <button
        type="button"
        class="ed-grip"
        data-grip=${numberOf(spot)}
        aria-label=${say("move_by_keys", { x: `${numberOf(spot)} ${name}` })}
        @keydown=${(/** @type {KeyboardEvent} */ event) => nudgeByKey(editor, spot, event)}
      >
        ${icon("grip")}
      </button>
    </td>
    <td>
      <button type="button" class="ed-item" aria-pressed=${chosen}>
        <span class="faint num">${numberOf(spot)}</span> <b>${name}</b> ${tags(editor, item)}
        ${faulty.length ? sign(faulty.length) : nothing}
      </button>
    </td>
    <td class="r num">${plain(points(item.full))}</td>
    <td class="c num wide-cell ${isCritical(item) ? "crit" : ""}">${item.hours ?? "—"}</td>
    <td class="c muted wide-cell">${say(`evidence_${item.evidence ?? "none"}_short`)}</td>
  </tr>`;
}

/**
 * A section dropped among items stays where it was.
 * @param {Editor} editor
 * @param {import("../types.js").Spot} from
 * @param {{section: number, item: number}} to
 */
function dropped(editor, from, to) {
  if (from.item !== null) move(editor, from, to);
}

/**
 * @param {Editor} editor
 * @param {DocItem} item
 */
function tags(editor, item) {
  return html`${
    isCritical(item)
      ? html`<span class="crit" title=${say("critical")}
          >${icon("critical", "i--s")}<span class="sr">${say("critical")}</span></span
        >`
      : nothing
  }${change(editor, item)}`;
}

/**
 * What became of an item since the draft was opened.
 * @param {Editor} editor
 * @param {DocItem} item
 */
function change(editor, item) {
  const earlier = editor.opened.flatMap(({ items = [] }) => items);
  const before = earlier.find(({ code }) => code === item.code);
  if (same(before, item)) return nothing;
  return html`<span class="tag tag--accent tag--t">${say(before ? "changed" : "new")}</span>`;
}
