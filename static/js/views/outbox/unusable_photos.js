/** @import {OutboxRow, PhotoIn, VisitDetail} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { numberOf } from "../../model/numbering.js";
import { unusablePlaces } from "../../model/unusable.js";
import { say, text } from "../../wording/say.js";
import { desk } from "../drafts/desk.js";

/**
 * The manifest a frozen visit was sent with.
 * @param {OutboxRow | undefined} row
 * @returns {PhotoIn[]}
 */
function photosIn(row) {
  return row ? JSON.parse(new TextDecoder().decode(row.body)).photos : [];
}

/**
 * The photos nobody can open, as the phone was told when the visit settled.
 * @param {OutboxRow} row
 */
export function unusableOf(row) {
  return row.refused?.length ? unusableList(row.visit, photosIn(row), row.refused) : nothing;
}

/**
 * The same as the server says now, for the visit's own page; without a network, as it said last.
 * @param {string} visit
 * @param {OutboxRow | undefined} sent
 * @param {VisitDetail | null} detail
 */
export function unusableCard(visit, sent, detail) {
  const list = detail
    ? unusableList(visit, detail.photos ?? photosIn(sent), detail.refused)
    : sent && unusableOf(sent);
  if (!list || list === nothing) return nothing;
  const told = sent?.state === "unusable";
  return html`<section class="card card--pad">
    <h2 class="fs15">${say("outbox.unusable")}</h2>
    ${told ? nothing : html`<p class="fs14 muted">${say("outbox.unusable_help")}</p>`} ${list}
  </section>`;
}

/**
 * Which photo of which item nobody can open.
 * @param {string} visit
 * @param {readonly PhotoIn[]} photos
 * @param {readonly string[]} refused
 */
function unusableList(visit, photos, refused) {
  const places = unusablePlaces(photos, refused);
  if (!places.length) return nothing;
  return html`<ul class="fs13 muted faults">
    ${places.map(
      ({ item, number }) =>
        html`<li>${say("outbox.unusable_photo", { x: nameOf(visit, item), n: number })}</li>`,
    )}
  </ul>`;
}

/**
 * An item in the card's words where the card lies open; its code says which one elsewhere.
 * @param {string} visit
 * @param {string} code
 */
function nameOf(visit, code) {
  const { draft } = desk.value;
  const item = draft?.visit.value.id === visit ? draft.items.get(code) : undefined;
  return draft && item ? `${numberOf(draft.rubric, item)} ${text(item.title)}` : code;
}
