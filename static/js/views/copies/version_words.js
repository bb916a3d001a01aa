/** @import {DraftDocument, Item, Rubric} from "../../types.js" */
/** @import {Said} from "../../model/draft_differences.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { answered, differences } from "../../model/draft_differences.js";
import { numberOf } from "../../model/numbering.js";
import { preferences } from "../../ui/preferences.js";
import { say, text } from "../../wording/say.js";
import { findingWords } from "../answers/finding_words.js";

const VERDICTS = /** @type {const} */ ({
  pass: "score.pass",
  loss: "score.deduct",
  na: "score.na",
  not_observed: "score.not_observed",
});

/**
 * Where two versions differ, side by side: this phone's left, the other's right.
 * @param {Rubric} rubric
 * @param {DraftDocument} own
 * @param {DraftDocument} other
 */
export function differing(rubric, own, other) {
  const found = differences(rubric, own, other);
  if (!found.length) return html`<p class="fs14 muted">${say("copy.same")}</p>`;
  return html`<table class="versions fs13">
    <caption class="sr">
      ${say("copy.differ", { n: found.length })}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say("copy.differ", { n: found.length })}</th>
        <th scope="col">${say("copy.this_phone")}</th>
        <th scope="col">${say("copy.that_version")}</th>
      </tr>
    </thead>
    <tbody>
      ${found.map(
        ({ item, one, other: that }) =>
          html`<tr>
            <th scope="row">${named(rubric, item)}</th>
            <td>${saidWords(item, one)}</td>
            <td>${saidWords(item, that)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * A version to be read, item by item.
 * @param {Rubric} rubric
 * @param {DraftDocument} document
 */
export function readOnly(rubric, document) {
  const all = answered(rubric, document);
  return html`<p class="fs14 muted">
      ${say("copy.reads", { n: all.length, p: document.slots.length })}
    </p>
    <dl class="kv versions__list fs14">
      ${all.map(
        ({ item, said }) =>
          html`<dt class="clip">${named(rubric, item)}</dt>
            <dd>${saidWords(item, said)}</dd>`,
      )}
    </dl>`;
}

/**
 * @param {Rubric} rubric
 * @param {Item} item
 */
function named(rubric, item) {
  const number = numberOf(rubric, item);
  return preferences.value.discreet ? number : `${number} ${text(item.title)}`;
}

/**
 * @param {Item} item
 * @param {Said | null} said
 */
function saidWords(item, said) {
  if (!said?.row.verdict) return html`<span class="faint">${say("copy.nothing")}</span>`;
  const { row, photos } = said;
  const facts = [
    row.verdict === "loss" ? findingWords(item, row) : "",
    row.note,
    row.verdict === "pass" ? "" : row.reason,
    photos.length ? say("score.photos_n", { n: photos.length }) : "",
  ].filter(Boolean);
  return html`${say(VERDICTS[row.verdict ?? "pass"])}${
    facts.length ? html`<small class="faint"> ${facts.join(" · ")}</small>` : nothing
  }`;
}
