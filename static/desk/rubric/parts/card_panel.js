/** @import {Editor} from "../editor.js" */
/** @import {Doc, DocBonus, DocGrade, Path} from "../types.js" */
import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { nextCode } from "../model/codes.js";
import { without } from "../model/lists.js";
import { say } from "../words.js";
import { choice } from "./choices.js";
import { field, ownFaults, pointsField, wordsField } from "./fields.js";
import { worded } from "./item_panel.js";

const NO_WORDS = { zh: "", en: "" };
const SHARES = /** @type {const} */ ([
  "manual_na_review_share",
  "min_applicable_share",
  "not_observed_share",
  "repeat_factor",
  "spot_refund",
  "bonus_cap",
]);

/** What belongs to the whole card. @param {Editor} editor */
export function cardPanel(editor) {
  const draft = editor.draft.value;
  return html`<h2 class="fs14" id="panel-title">${say("whole_card")}</h2>
    ${wordsField(editor, ["title"], say("card_title"))}
    <div class="ed-two">
      ${field(editor, ["code"], say("code"))} ${field(editor, ["edition"], say("edition"))}
    </div>
    ${choice(editor, ["store_kind"], say("store_kind"), worded("kind_of_store", ["storefront", "customer_club"]))}
    <div class="ed-two">
      ${pointsField(editor, ["full"], say("full"))}
      ${pointsField(editor, ["pass_line"], say("pass_line"), { read: passLine })}
    </div>
    ${grades(editor, draft)} ${method(editor)} ${bonuses(editor, draft)}`;
}

/** A card may have no pass line. @param {string} typed */
function passLine(typed) {
  return typed.trim() || undefined;
}

/** @param {Editor} editor */
function method(editor) {
  return html`<details class="ed-fold">
    <summary>${say("method")}</summary>
    ${choice(editor, ["na_method"], say("na_method"), worded("na_method", ["scale_section", "full_credit", "whole_card", "zero"]))}
    ${choice(editor, ["rounding"], say("rounding"), worded("rounding", ["half_up", "half_even"]))}
    <div class="ed-two">
      ${SHARES.map((name) => pointsField(editor, [name], say(name), { help: say(`${name}_help`) }))}
    </div>
  </details>`;
}

/**
 * @param {Editor} editor
 * @param {Doc} draft
 */
function grades(editor, { bands = [] }) {
  const add = () => {
    const band = { code: nextCode(bands, "grade_"), floor: "", ceiling: "", title: NO_WORDS };
    editor.change(["bands"], [...bands, band]);
  };
  return html`<details class="ed-fold" open>
    <summary>${say("bands")}</summary>
    ${ownFaults(editor, ["bands"])} ${bands.map((_, index) => grade(editor, bands, index))}
    <button type="button" class="link" @click=${add}>
      ${icon("plus", "i--s")}${say("add_band")}
    </button>
  </details>`;
}

/**
 * @param {Editor} editor
 * @param {readonly DocGrade[]} bands
 * @param {number} index
 */
function grade(editor, bands, index) {
  const at = ["bands", index];
  return part(editor, at, () => editor.change(["bands"], without(bands, index)), [
    wordsField(editor, [...at, "title"], say("band")),
    pointsField(editor, [...at, "floor"], say("floor")),
    pointsField(editor, [...at, "ceiling"], say("ceiling")),
    field(editor, [...at, "code"], say("code")),
  ]);
}

/**
 * @param {Editor} editor
 * @param {Path} at
 * @param {() => void} remove
 * @param {readonly unknown[]} fields
 */
function part(editor, at, remove, fields) {
  return html`<div class="ed-part">
    <div class="ed-two">${fields}</div>
    ${ownFaults(editor, at)}
    <button type="button" class="link" @click=${remove}>
      ${icon("x", "i--s")}${say("remove")}
    </button>
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Doc} draft
 */
function bonuses(editor, { code = "", bonuses: list = [] }) {
  /** @param {readonly DocBonus[]} next */
  const keep = (next) => editor.change(["bonuses"], next.length ? next : undefined);
  const add = () =>
    keep([...list, { code: nextCode(list, `${code}-BONUS-`), points: "1", title: NO_WORDS }]);
  return html`<details class="ed-fold">
    <summary>${say("bonuses")}</summary>
    ${list.map((_, index) => {
      const at = ["bonuses", index];
      return part(editor, at, () => keep(without(list, index)), [
        wordsField(editor, [...at, "title"], say("bonus")),
        pointsField(editor, [...at, "points"], say("bonus_points")),
        field(editor, [...at, "code"], say("code")),
      ]);
    })}
    <button type="button" class="link" @click=${add}>
      ${icon("plus", "i--s")}${say("add_bonus")}
    </button>
  </details>`;
}
