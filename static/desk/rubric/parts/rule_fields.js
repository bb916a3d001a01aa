/** @import {Editor} from "../editor.js" */
/** @import {DocItem, DocRule, Kind, Path} from "../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { moved, without } from "../model/lists.js";
import { KINDS, REASONS, isCritical, ofKind, withReason } from "../model/rules.js";
import { language, other, say } from "../words.js";
import { choice } from "./choices.js";
import { field, ownFaults, pointsField } from "./fields.js";

/**
 * The rule of an item: its kind, what that kind asks for, and what costs how much.
 * @param {Editor} editor
 * @param {Path} path of the item
 * @param {DocItem} item
 */
export function ruleFields(editor, path, item) {
  const rule = item.rule ?? {};
  const kinds = KINDS.map((kind) => /** @type {const} */ ([kind, say(`kind_${kind}`)]));
  const choose = (/** @type {string} */ kind) =>
    editor.change(path, ofKind(item, /** @type {Kind} */ (kind)));
  const at = [...path, "rule"];
  return html`<div class="ed-rule">
    ${choice(editor, [...at, "kind"], say("kind"), kinds, choose)}
    <p class="help">${say(`kind_${rule.kind ?? "tier"}_help`)}</p>
    ${ownFaults(editor, at)} ${FIELDS[rule.kind ?? "info"](editor, at, rule, item)}
  </div>`;
}

/** @type {Record<Kind, (editor: Editor, at: Path, rule: DocRule, item: DocItem) => unknown>} */
const FIELDS = {
  tier: (editor, at, rule, item) => reasons(editor, at, rule, item),
  sum: (editor, at, rule, item) => reasons(editor, at, rule, item),
  occ: (editor, at, rule) => occurrence(editor, at, rule),
  meas: (editor, at, rule, item) =>
    html`${unit(editor, at)}
      <div class="ed-two">
        ${pointsField(editor, [...at, "least"], say("least"))}
        ${pointsField(editor, [...at, "most"], say("most"))}
      </div>
      ${reasons(editor, at, rule, item)}`,
  info: () => nothing,
};

/**
 * @param {Editor} editor
 * @param {Path} at
 */
function unit(editor, at) {
  return html`<div class="ed-two">
    ${[language, other].map((tongue) =>
      field(editor, [...at, "unit", tongue], say(`in_${tongue}`, { x: say("unit") })),
    )}
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Path} at
 * @param {DocRule} rule
 */
function occurrence(editor, at, rule) {
  const option = [...at, "veto_option"];
  return html`${pointsField(editor, [...at, "each"], say("each"), { sign: "−" })}
  ${unit(editor, at)}
  ${
    rule.veto_option
      ? html`<div class="ed-reason">
          <span class="tag tag--critical">${icon("critical")}${say("fires")}</span>
          ${texts(editor, option)}
          ${pointsField(editor, [...option, "loss"], say("loss"), { sign: "−" })}
          ${ownFaults(editor, option)}
        </div>`
      : nothing
  }`;
}

/**
 * @param {Editor} editor
 * @param {Path} at
 */
function texts(editor, at) {
  return [language, other].map((tongue) =>
    field(editor, [...at, "text", tongue], say(`in_${tongue}`, { x: say("reason") }), {
      hidden: true,
      hint: say(`in_${tongue}`, { x: say("reason") }),
    }),
  );
}

/**
 * What can be found, and what each of it costs.
 * @param {Editor} editor
 * @param {Path} at
 * @param {DocRule} rule
 * @param {DocItem} item
 */
function reasons(editor, at, rule, item) {
  const name = rule.kind && REASONS[rule.kind];
  if (!name) return nothing;
  const list = rule[name] ?? [];
  return html`<fieldset class="ed-reasons">
    <legend class="lbl">${say(`reasons_${rule.kind}`)}</legend>
    <ol>
      ${list.map((_, index) => reason(editor, [...at, name], index, { rule, item }))}
    </ol>
    <button type="button" class="link" @click=${() => editor.change(at, withReason(rule))}>
      ${icon("plus", "i--s")}${say("add_reason")}
    </button>
  </fieldset>`;
}

/**
 * @param {Editor} editor
 * @param {Path} list
 * @param {number} index
 * @param {{rule: DocRule, item: DocItem}} within
 */
function reason(editor, list, index, { rule, item }) {
  const at = [...list, index];
  const isBand = rule.kind === "meas";
  return html`<li class="ed-reason">
    <div class="ed-reason__t">${texts(editor, at)}</div>
    <div class="ed-reason__n">
      ${isBand ? pointsField(editor, [...at, "above"], say("above"), { sign: ">", hidden: true }) : nothing}
      ${pointsField(editor, [...at, "loss"], say("loss"), { sign: "−", hidden: true })}
      ${isCritical(item) ? fires(editor, at, rule, index) : nothing}
    </div>
    ${tools(editor, list, index, rule)} ${ownFaults(editor, at)}
  </li>`;
}

/**
 * @param {Editor} editor
 * @param {Path} at
 * @param {DocRule} rule
 * @param {number} index
 */
function fires(editor, at, rule, index) {
  const name = rule.kind && REASONS[rule.kind];
  const on = Boolean(name && rule[name]?.[index]?.veto);
  return html`<button
    type="button"
    class="chip chip--loss chip--veto"
    aria-pressed=${on}
    @click=${() => editor.change([...at, "veto"], on ? undefined : true)}
  >
    ${icon("critical", "i--s")}${say("fires")}
  </button>`;
}

/**
 * @param {Editor} editor
 * @param {Path} list
 * @param {number} index
 * @param {DocRule} rule
 */
function tools(editor, list, index, rule) {
  const name = rule.kind && REASONS[rule.kind];
  const all = /** @type {object[]} */ ((name && rule[name]) ?? []);
  const nth = { n: index + 1 };
  return html`<div class="ed-reason__d">
    <button
      type="button"
      class="ib"
      aria-label=${say("reason_up", nth)}
      ?disabled=${index === 0}
      @click=${() => editor.change(list, moved(all, index, index - 1))}
    >
      ${icon("arrowup")}</button
    ><button
      type="button"
      class="ib"
      aria-label=${say("reason_remove", nth)}
      @click=${() => editor.change(list, without(all, index))}
    >
      ${icon("x")}
    </button>
  </div>`;
}
