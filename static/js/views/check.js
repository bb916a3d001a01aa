/** @import {Blocker} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { signal } from "../../vendor/signals-core.js";
import { blockers } from "../model/blockers.js";
import { numberOf } from "../model/numbering.js";
import { plain, total } from "../model/points.js";
import { answeredOf } from "../model/progress.js";
import { clock } from "../model/when.js";
import { online } from "../sync/link.js";
import { submitVisit } from "../sync/visits.js";
import { backHead } from "../ui/frame.js";
import { icon } from "../ui/icon.js";
import { island } from "../ui/island.js";
import { question } from "../ui/overlay.js";
import { preferences } from "../ui/preferences.js";
import { formAt, go, goInstead } from "../ui/route.js";
import { toast } from "../ui/toast.js";
import { say, text } from "../wording/say.js";
import { banner } from "./banners.js";
import { cardTable } from "./card_table.js";
import { desk } from "./desk.js";
import { deskMissing } from "./desk_missing.js";
import { lossList } from "./loss_list.js";
import { placeNext } from "./quick_photo.js";

const submitting = signal(false);

export function checkScreen() {
  const { draft } = desk.value;
  if (!draft) return deskMissing();
  if (draft.visit.value.state !== "draft" && !submitting.value) return deskMissing("sealed");
  return html`<div class="screen" ${island(() => checking(draft))}></div>`;
}

/** @param {OpenDraft} draft */
function checking(draft) {
  const visit = draft.visit.value;
  const left = blockers(draft);
  const back = formAt(visit.id, visit.at?.section ?? "");
  const below = preferences.value.discreet ? nothing : visit.store.name;
  return html`${backHead({ title: say("check.title"), below, back, banner: banner() })}
    <main class="m-body" id="main">
      ${left.length ? blocked(draft, left) : nothing}
      ${preferences.value.discreet ? nothing : sum(draft)} ${lossList(draft)} ${facts(draft)}
      ${left.length ? nothing : declaration(draft)}
    </main>
    ${foot(draft, left, back)}`;
}

/** @param {OpenDraft} draft */
function sum(draft) {
  const { answered, of } = answeredOf(draft.card.value);
  const help =
    answered === of
      ? say("check.all_scored", { n: of })
      : say("task.answered", { n: answered, m: of });
  return cardTable({ rubric: draft.rubric, card: draft.card.value, help, running: answered < of });
}

/**
 * @param {OpenDraft} draft
 * @param {readonly Blocker[]} left
 */
function blocked(draft, left) {
  return html`<div class="banner banner--warn banner--r" role="status">
      ${icon("alert")}<b>${say("check.blocked", { n: left.length })}</b>
    </div>
    <div class="cells">${left.map((blocker) => jump(draft, blocker))}</div>`;
}

const GO = /** @type {const} */ ({
  unanswered: "check.go_score",
  photo: "check.go_photo",
  unplaced: "check.go_place",
});

/**
 * @param {OpenDraft} draft
 * @param {Blocker} blocker
 */
function jump(draft, blocker) {
  const item = draft.items.get(blocker.item);
  const verb = say(GO[/** @type {keyof typeof GO} */ (blocker.code)] ?? "check.go_write");
  const title = item
    ? `${numberOf(draft.rubric, item)} ${text(item.title)}`
    : say("photo.unplaced");
  const there = () => {
    if (!item) return placeNext(draft);
    draft.put([], { at: { section: blocker.section, item: item.code } });
    go(formAt(draft.visit.peek().id, blocker.section));
  };
  return html`<button class="cell" @click=${there}>
    <span class="grow"
      >${title}<small class="loss">${say(`check.lacks_${blocker.code}`)}</small></span
    ><span class="link">${verb}</span>${icon("right")}
  </button>`;
}

/** @param {OpenDraft} draft */
function facts(draft) {
  const { started_at, changed_at, place } = draft.visit.value;
  return html`<section class="card facts fs13 faint">
    <div>${say("check.arrived")}<b class="num ink">${clock(started_at)}</b></div>
    <div>${say("check.left")}<b class="num ink">${clock(changed_at)}</b></div>
    <div>
      ${say("check.place")}<b class=${place ? "good" : "ink"}
        >${place ? say("check.within", { n: place.accuracy_m }) : say("check.nowhere")}</b
      >
    </div>
  </section>`;
}

/** @param {OpenDraft} draft */
function declaration(draft) {
  const on = draft.visit.value.declaration;
  return html`<label class="check"
    ><input
      class="sr"
      type="checkbox"
      .checked=${on}
      @change=${() => draft.put([], { declaration: !on })}
    /><span class="box ${on ? "box--on" : ""}">${icon("check")}</span
    ><span>${say("check.declare")}</span></label
  >`;
}

/**
 * @param {OpenDraft} draft
 * @param {readonly Blocker[]} left
 * @param {string} back
 */
function foot(draft, left, back) {
  const ready = !left.length && draft.visit.value.declaration && !submitting.value;
  return html`<footer class="m-foot">
    ${online.value ? nothing : html`<div class="banner banner--off fs13">${icon("offline")}<span>${say("check.offline")}</span></div>`}
    <div class="actionbar">
      <a class="btn btn--lg" href=${back}>${say("check.edit")}</a
      ><button
        class="btn btn--lg btn--p btn--g"
        ?disabled=${!ready}
        aria-busy=${submitting.value}
        @click=${() => confirm(draft)}
      >
        ${say("check.submit")}
      </button>
    </div>
  </footer>`;
}

/** @param {OpenDraft} draft */
function confirm(draft) {
  const points = total(draft.card.value.raw ?? 0);
  const hidden = preferences.value.discreet || draft.card.value.raw === null;
  const title = hidden
    ? say("check.submit_q_discreet")
    : say("check.submit_q", { n: points, lost: plain(draft.card.value.lost ?? 0) });
  question({
    title,
    help: say("check.submit_help"),
    no: say("check.not_yet"),
    yes: say("check.submit"),
    onYes: () => void send(draft),
  });
}

/** @param {OpenDraft} draft */
async function send(draft) {
  submitting.value = true;
  try {
    await submitVisit(draft);
    goInstead(`#/visits/${draft.visit.peek().id}/result`);
  } catch {
    toast({ icon: "alert", message: say("storage.not_sealed") });
  } finally {
    submitting.value = false;
  }
}
