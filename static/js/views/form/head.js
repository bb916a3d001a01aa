/** @import {Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { loss, total } from "../../model/points.js";
import { answeredOf } from "../../model/progress.js";
import { clock, longDate } from "../../model/when.js";
import { online } from "../../sync/link.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { measured } from "../../ui/measured.js";
import { preferences } from "../../ui/preferences.js";
import { scrolled } from "../../ui/scrolled.js";
import { language, say } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";
import { copyWords } from "../drafts/copy_words.js";
import { cover } from "../cover/covered.js";
import { scores } from "./score.js";
import { sectionTabs } from "./section_tabs.js";

/**
 * @param {OpenDraft} draft
 * @param {Section} current
 */
export function formHead(draft, current) {
  return html`<header
      class="m-head m-head--form"
      ${measured("--head")}
      ${island(() => nav(draft))}
    ></header>
    <div class="form-alarm" ${island(alarm)}></div>
    <section
      class="form-top"
      aria-label=${say("score.so_far")}
      ${island(() => scores(draft))}
    ></section>
    <div
      class="form-tabs"
      ${measured("--tabs")}
      ${island(() => sectionTabs(draft, current))}
    ></div>`;
}

/** @param {OpenDraft} draft */
function nav(draft) {
  const { discreet } = preferences.value;
  const title = discreet ? longDate(Date.now(), language.value) : draft.visit.peek().store.name;
  return html`<div class="navbar">
    <a class="ib" href="#/tasks" aria-label=${say("common.back")}>${icon("left")}</a>
    <div class="navbar__t">
      <h1 class="clip">${title}</h1>
      <small class="clip">${below(draft, discreet)}</small>
    </div>
    <button class="ib" aria-label=${say("task.cover")} @click=${() => cover(true)}>
      ${icon("eyeoff")}
    </button>
  </div> `;
}

/**
 * @param {OpenDraft} draft
 * @param {boolean} discreet
 */
function below(draft, discreet) {
  const { answered, of } = answeredOf(draft.card.value);
  if (draft.saved.value.state === "failed")
    return html`<b class="crit">${icon("alert", "i--s")} ${say("storage.unsaved")}</b>`;
  if (discreet || (scrolled.value && draft.visit.peek().lines)) return `${answered} / ${of}`;
  if (scrolled.value) return compact(draft, answered, of);
  return saved(draft);
}

/** @param {OpenDraft} draft */
function saved(draft) {
  const { state, at } = draft.saved.value;
  const { id, lines } = draft.visit.peek();
  const kept = say(state === "saving" ? "form.saving" : "form.saved", { t: clock(at) });
  // No copy of a look goes to the server.
  const words = lines ? kept : `${kept} · ${copyWords(id)}`;
  return online.value
    ? words
    : html`${icon("offline", "i--s")} ${say("common.offline")} · ${words}`;
}

/**
 * @param {OpenDraft} draft
 * @param {number} answered
 * @param {number} of
 */
function compact(draft, answered, of) {
  const { card } = draft;
  const label = say(answered < of ? "score.running" : "score.got");
  return html`<span class="num"
    >${label} <b>${card.value.raw === null ? "—" : total(card.value.raw)}</b> ·
    ${say("score.deducted")} <b class="loss">${loss(card.value.lost ?? 0)}</b> ·
    ${say("score.answered")} ${answered}/${of}</span
  >`;
}
