/** @import {OutboxRow, VisitDetail} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { total } from "../../model/points.js";
import { dateClock } from "../../model/when.js";
import { judged } from "../../sync/judged.js";
import { outbox } from "../../sync/outbox.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { route } from "../../ui/route.js";
import { skeleton } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { cardTable } from "../answers/card_table.js";
import { desk } from "../drafts/desk.js";
import { deskMissing } from "../drafts/desk_missing.js";
import { delivery } from "../outbox/delivery.js";
import { photoStates } from "../outbox/photo_states.js";
import { unusableCard } from "../outbox/unusable_photos.js";
import { isState, stateTag } from "../drafts/visit_tag.js";

export function resultScreen() {
  const { draft } = desk.value;
  const { visit } = route.value;
  const known = judged.value.detail?.id === visit ? judged.value.detail : null;
  const store = draft?.visit.value.store ?? known?.store;
  if (!store) return isComing() ? loading(say("history.record")) : deskMissing();
  return html`${backHead({ title: say("result.title"), below: store.name, back: "#/tasks", banner: banner() })}
    <main class="m-body" id="main" ${island(() => body(draft, visit))}></main>
    <footer class="m-foot">
      <div class="actionbar">
        <a class="btn btn--lg btn--p btn--g" href="#/tasks">${say("state.back_today")}</a>
      </div>
    </footer>`;
}

function isComing() {
  return desk.value.state === "loading" || judged.value.state === "loading";
}

/** @param {string} name */
function loading(name) {
  return html`${backHead({ title: say("result.title"), below: name, back: "#/history" })}${skeleton(3, say("common.loading"))}`;
}

/**
 * @param {OpenDraft | null} draft
 * @param {string} visit
 */
function body(draft, visit) {
  const sent = outbox.value.filter((row) => row.visit === visit).pop();
  const detail = judged.value.visit === visit ? judged.value.detail : null;
  return html`${sent ? delivery(sent, false) : nothing} ${unusableCard(visit, sent, detail)}
  ${receipt(sent, detail)} ${card(draft, detail)}
  ${draft && sent ? photoStates(draft, sent) : nothing}`;
}

/**
 * @param {OutboxRow | undefined} sent
 * @param {VisitDetail | null} detail
 */
function receipt(sent, detail) {
  const given = sent?.receipt ?? detail?.receipt;
  if (!given) return nothing;
  const at = dateClock(given.received_at, language.value);
  const state = detail && isState(detail.state) ? stateTag(detail.state) : nothing;
  return html`<section class="card card--pad">
    <div class="row">
      <h2 class="fs15">${say("result.receipt")}</h2>
      <span class="end">${state}</span>
    </div>
    <dl class="kv result-kv">
      <dt>${say("result.receipt_no")}</dt>
      <dd class="num">${given.receipt_no}</dd>
      <dt>${say("result.received_at")}</dt>
      <dd class="num">${at}</dd>
      <dt>${say("result.attempt")}</dt>
      <dd class="num">${given.attempt}</dd>
      <dt>${say("result.fingerprint")}</dt>
      <dd class="num">${given.content_hash.slice(0, 12)}</dd>
    </dl>
  </section>`;
}

/**
 * The server's judgement, in the rubric's words where the rubric is on this phone.
 * @param {OpenDraft | null} draft
 * @param {VisitDetail | null} detail
 */
function card(draft, detail) {
  if (draft?.visit.peek().lines)
    return html`<section class="card card--pad muted fs14">
      ${icon("info")} ${say("look.sent")}
    </section>`;
  if (!detail)
    return html`<section class="card card--pad muted fs14">
      ${icon("pending")} ${say("result.not_yet")}
    </section>`;
  const vetoed = detail.scorecard.outcome === "vetoed";
  const help = vetoed ? say("result.vetoed") : say("result.by_server");
  const why = detail.return_reason
    ? html`<div class="banner banner--warn banner--r">
        ${icon("undo")}<span><b>${say("task.returned_reason")}</b> ${detail.return_reason}</span>
      </div>`
    : nothing;
  const again = rescored(detail);
  if (draft)
    return html`${why}${again}${cardTable({ rubric: draft.rubric, card: detail.scorecard, help, running: false })}`;
  const points = detail.total === null ? "—" : total(detail.total);
  return html`${why}${again}
    <section class="card card--pad">
      <div class="big">
        <span class="score">${points}</span><span class="fs13 faint big__l">${help}</span>
      </div>
    </section>`;
}

/**
 * Since when and why another score counts than the first.
 * @param {VisitDetail} detail
 */
function rescored(detail) {
  const since = detail.rescored;
  if (!since) return nothing;
  const before = since.total_before === null ? "—" : total(since.total_before);
  return html`<div class="banner banner--r">
    ${icon("history")}<span
      ><b>${say("result.rescored", { before, at: dateClock(since.at, language.value) })}</b>
      ${since.reason}</span
    >
  </div>`;
}
