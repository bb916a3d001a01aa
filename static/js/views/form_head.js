/** @import {Section} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
/** @import {SectionProgress} from "../model/progress.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { signal } from "../../vendor/signals-core.js";
import { loss, plain, total } from "../model/points.js";
import { answeredOf, progressOf } from "../model/progress.js";
import { clock, longDate } from "../model/when.js";
import { online } from "../sync/link.js";
import { icon } from "../ui/icon.js";
import { island } from "../ui/island.js";
import { preferences } from "../ui/preferences.js";
import { formAt } from "../ui/route.js";
import { scoreBar } from "../ui/score_bar.js";
import { language, say, text } from "../wording/say.js";
import { banner } from "./banners.js";
import { cover } from "./cover.js";

/** Whether the big score has scrolled away, so that the line under the title takes it over. */
export const scrolled = signal(false);

export function watchScroll() {
  addEventListener("scroll", () => (scrolled.value = scrollY > 76), { passive: true });
}

/**
 * @param {OpenDraft} draft
 * @param {Section} current
 */
export function formHead(draft, current) {
  return html`<header class="m-head m-head--form" ${island(() => nav(draft))}></header>
    <div class="form-top" ${island(() => scores(draft))}></div>
    <div class="form-tabs" ${island(() => tabs(draft, current))}></div>`;
}

/** @param {OpenDraft} draft */
function nav(draft) {
  const { discreet } = preferences.value;
  const title = discreet ? longDate(Date.now(), language.value) : draft.visit.value.store.name;
  return html`<div class="navbar">
      <a class="ib" href="#/tasks" aria-label=${say("common.back")}>${icon("left")}</a>
      <div class="navbar__t">
        <h1 class="clip">${title}</h1>
        <small class="clip">${below(draft, discreet)}</small>
      </div>
      <button class="ib" aria-label=${say("task.cover")} @click=${() => cover(true)}>
        ${icon("eyeoff")}
      </button>
    </div>
    ${banner()}`;
}

/**
 * @param {OpenDraft} draft
 * @param {boolean} discreet
 */
function below(draft, discreet) {
  const { answered, of } = answeredOf(draft.card.value);
  if (draft.saved.value.state === "failed")
    return html`<b class="crit">${icon("alert", "i--s")} ${say("storage.unsaved")}</b>`;
  if (discreet) return `${answered} / ${of}`;
  if (scrolled.value) return compact(draft, answered, of);
  return saved(draft);
}

/** @param {OpenDraft} draft */
function saved(draft) {
  const { state, at } = draft.saved.value;
  const words = say(state === "saving" ? "form.saving" : "form.saved", { t: clock(at) });
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

/** @param {OpenDraft} draft */
function scores(draft) {
  const card = draft.card.value;
  const { answered, of } = answeredOf(card);
  const shown = card.raw === null ? "—" : total(card.raw);
  const lost = loss(card.lost ?? 0);
  const parts = draft.rubric.sections.map((section) => progressOf(section, card));
  const sentence = preferences.value.discreet
    ? say("task.answered", { n: answered, m: of })
    : say("score.bar", { n: shown, m: plain(card.lost ?? 0) });
  return html`<div class="form-score">
      <span class="score">${shown}</span>
      <span class="fs13 faint grow form-score__l"
        >${say(answered < of ? "score.running" : "score.got")}<br />${say("score.full_n", { n: plain(card.full) })}</span
      >
      <span class="r fs13 faint form-score__l"
        >${say("score.deducted")}<br /><b class="loss num">${lost}</b></span
      >
      <span class="r fs13 faint form-score__l"
        >${say("score.answered")}<br /><b class="num ink"
          >${answered}<span class="faint">/${of}</span></b
        ></span
      >
    </div>
    <p class="sr" role="status" aria-live="polite">
      ${preferences.value.discreet ? nothing : say("score.said", { n: shown, m: plain(card.lost ?? 0), a: answered, b: of })}
    </p>
    ${scoreBar(parts, sentence)}`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} current
 */
function tabs(draft, current) {
  const { id } = draft.visit.peek();
  return html`<nav class="stabs" aria-label=${say("form.sections")}>
    ${draft.rubric.sections.map((section) => {
      const now = section === current;
      return html`<a
        href=${formAt(id, section.key)}
        aria-current=${now ? "true" : nothing}
        title=${text(section.title)}
        >${text(section.short)}${tabState(progressOf(section, draft.card.value))}</a
      >`;
    })}
  </nav>`;
}

/** @param {SectionProgress} progress */
function tabState({ state, answered, of, found, earned }) {
  const { discreet } = preferences.value;
  const check = html`<span class="sr">${say("form.section_done")}</span>${icon("check")}`;
  if (state === "off") return html`<small>—</small>`;
  if (state === "done")
    return html`<small class="done"
      >${check}${discreet || earned === null ? nothing : plain(earned)}</small
    >`;
  if (state === "cut") return html`<small class="cut">${discreet ? "•" : loss(found)}</small>`;
  return html`<small>${discreet ? (answered ? "•" : nothing) : `${answered}/${of}`}</small>`;
}
