/** @import {Editor} from "../editor.js" */
/** @import {DocItem, Path} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { calmed, critical, isCritical } from "../model/rules.js";
import { itemAt, numberOf } from "../model/spots.js";
import { language, other, say, text } from "../words.js";
import { choice, toggle } from "./choices.js";
import { field, ownFaults, pointsField, wholeField, wordsField } from "./fields.js";
import { itemMenu } from "./panel_menus.js";
import { photoFields } from "./photos.js";
import { ruleFields } from "./rule_fields.js";

/** @typedef {readonly (readonly [string, string])[]} Options */

/** @param {string} stem @param {readonly string[]} values @returns {Options} */
export const worded = (stem, values) => values.map((value) => [value, say(`${stem}_${value}`)]);

/** @param {Editor} editor */
export function itemPanel(editor) {
  const spot = editor.spot.value;
  const item = itemAt(editor.draft.value, spot);
  if (!item) return html`<p class="faint">${say("choose_item")}</p>`;
  const path = ["sections", spot.section, "items", spot.item ?? 0];
  return html`<div class="row">
      <h2 class="fs14 grow" id="panel-title">${numberOf(spot)} ${text(item.title)}</h2>
      ${itemMenu(editor, spot)}
    </div>
    ${ownFaults(editor, path)} ${wordsField(editor, [...path, "title"], say("item"), { rows: 2 })}
    <div class="ed-two">
      ${pointsField(editor, [...path, "full"], say("full"))}
      ${wholeField(editor, [...path, "hours"], say("hours"))}
    </div>
    <div class="ed-two">
      ${choice(editor, [...path, "severity"], say("severity"), worded("severity", severities(item)))}
      ${choice(editor, [...path, "evidence"], say("evidence"), worded("evidence", ["photo", "record", "note", "none"]))}
    </div>
    ${ruleFields(editor, path, item)} ${switches(editor, path, item)} ${texts(editor, path)}
    ${photoFields(editor, path, item)} ${names(editor, path)}`;
}

/** Critical is switched on below, with all that belongs to it. @param {DocItem} item */
function severities(item) {
  return isCritical(item) ? ["veto"] : ["general", "major"];
}

/**
 * @param {Editor} editor
 * @param {Path} path
 * @param {DocItem} item
 */
function switches(editor, path, item) {
  const on = isCritical(item);
  const flipCritical = () => editor.change(path, on ? calmed(item) : critical(item));
  const na = item.na === "allowed";
  const flipNa = () =>
    editor.change(
      path,
      na ? { ...without(item, "feature"), na: "never" } : { ...item, na: "allowed" },
    );
  return html`${toggle(say("critical"), say("critical_help"), on, flipCritical)}
  ${on ? effect(editor, path, item) : nothing} ${toggle(say("na"), say("na_help"), na, flipNa)}
  ${na ? choice(editor, [...path, "feature"], say("feature"), features()) : nothing}`;
}

/** @param {DocItem} item @param {"feature"} name @returns {DocItem} */
function without(item, name) {
  const copy = { ...item };
  delete copy[name];
  return copy;
}

/** @returns {Options} */
function features() {
  const known = JSON.parse(document.getElementById("rubric-features")?.textContent ?? "[]");
  return [
    ["", say("feature_none")],
    ...known.map((/** @type {string} */ one) => [one, say(`step.feature.${one}`)]),
  ];
}

/**
 * @param {Editor} editor
 * @param {Path} path
 * @param {DocItem} item
 */
function effect(editor, path, item) {
  const effects = worded("effect", ["veto", "cap", "section_zero", "total_zero"]);
  const choose = (/** @type {string} */ chosen) =>
    editor.change(
      [...path, "critical"],
      chosen === "cap" ? { effect: "cap", cap: "59" } : { effect: chosen },
    );
  return html`<div class="ed-two">
    ${choice(editor, [...path, "critical", "effect"], say("effect"), effects, choose)}
    ${item.critical?.effect === "cap" ? pointsField(editor, [...path, "critical", "cap"], say("cap")) : nothing}
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Path} path
 */
function texts(editor, path) {
  const long = { rows: 3 };
  return html`<details class="ed-fold" open>
    <summary>${say("texts")}</summary>
    ${wordsField(editor, [...path, "standard"], say("standard"), long)}
    ${wordsField(editor, [...path, "rule_text"], say("rule_text"), { rows: 2 })}
    ${wordsField(editor, [...path, "rectification"], say("rectification"), long)}
    ${responsible(editor, path)}
  </details>`;
}

/**
 * Who rectifies; an item may say nothing of it.
 * @param {Editor} editor
 * @param {Path} path
 */
function responsible(editor, path) {
  const at = [...path, "responsible"];
  const words = /** @type {const} */ ([language, other]);
  const read = (/** @type {string} */ typed) => typed.replace(/[\r\n]+/g, " ");
  return html`<div class="ed-two">
    ${words.map((tongue) =>
      field(editor, [...at, tongue], say(`in_${tongue}`, { x: say("responsible") }), { read }),
    )}
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Path} path
 */
function names(editor, path) {
  return html`<div class="ed-two">
    ${field(editor, [...path, "code"], say("code"), { help: say("code_help") })}
    ${field(editor, [...path, "source"], say("source"), { help: say("source_help") })}
  </div>`;
}
