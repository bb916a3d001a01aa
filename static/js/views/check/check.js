/** @import {Blocker} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { blockers } from "../../model/blockers.js";
import { plain, total } from "../../model/points.js";
import { answeredOf } from "../../model/progress.js";
import { clock } from "../../model/when.js";
import { capturesOf } from "../../store/captures.js";
import { isElsewhere } from "../../sync/hold.js";
import { online } from "../../sync/link.js";
import { waitsForPhotos } from "../../sync/taking.js";
import { submitVisit } from "../../sync/visits.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { question } from "../../ui/question.js";
import { preferences } from "../../ui/preferences.js";
import { formAt, goInstead } from "../../ui/route.js";
import { clearToast, toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { blockerList } from "./blocker_list.js";
import { cardTable } from "../answers/card_table.js";
import { remarksOf } from "../captures/words.js";
import { unplaced } from "../captures/shelf.js";
import { photosWaiting } from "../photos/faults.js";
import { presenceFacts } from "../presence/check_in.js";
import { desk } from "../drafts/desk.js";
import { laidOpen } from "../drafts/laid_open.js";
import { lossList } from "./loss_list.js";

const submitting = signal(false);

export function checkScreen() {
  const { draft } = desk.value;
  // Sealed on the way to its result: the screen stays until then.
  return draft && submitting.value ? screen(draft) : laidOpen(screen);
}

/** @param {OpenDraft} draft */
function screen(draft) {
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
      ${photosWaiting(draft)} ${left.length ? blockerList(draft, left) : nothing}
      ${preferences.value.discreet || visit.lines ? nothing : judgement(draft)} ${noted(draft)}
      ${presenceFacts(draft)} ${facts(draft)} ${left.length ? nothing : declaration(draft)}
    </main>
    ${foot(draft, left, back)}`;
}

/** @param {OpenDraft} draft */
function judgement(draft) {
  const { answered, of } = answeredOf(draft.card.value);
  const help =
    answered === of
      ? say("check.all_scored", { n: of })
      : say("task.answered", { n: answered, m: of });
  const table = { rubric: draft.rubric, card: draft.card.value, help, running: answered < of };
  return html`${cardTable(table)} ${lossList(draft)}`;
}

/**
 * Notes nobody put with an item: each may still be, and goes along as a remark otherwise.
 * @param {OpenDraft} draft
 */
function noted(draft) {
  const n = unplaced(draft).filter((one) => one.kind !== "photo" || one.text).length;
  if (!n) return nothing;
  return html`<a class="card cell" href="#/visits/${draft.visit.peek().id}/capture">
    ${icon("note")}<span class="grow"
      >${say("cap.waiting_n", { n })}<small>${say("cap.waiting_help")}</small></span
    >${icon("right")}
  </a>`;
}

/** @param {OpenDraft} draft */
function facts(draft) {
  const { started_at, changed_at } = draft.visit.value;
  return html`<section class="card facts fs13 faint">
    <div>${say("check.arrived")}<b class="num ink">${clock(started_at)}</b></div>
    <div>${say("check.left")}<b class="num ink">${clock(changed_at)}</b></div>
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
  const busy = submitting.value || waitsForPhotos(draft);
  const ready = !left.length && draft.visit.value.declaration && !busy;
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
  const { lines } = draft.visit.peek();
  const hidden = preferences.value.discreet || draft.card.value.raw === null || lines;
  const title = hidden
    ? say("check.submit_q_discreet")
    : say("check.submit_q", { n: points, lost: plain(draft.card.value.lost ?? 0) });
  question({
    title,
    help: say(lines ? "look.submit_help" : "check.submit_help"),
    no: say("check.not_yet"),
    yes: say("check.submit"),
    onYes: () => void send(draft),
  });
}

/** @param {OpenDraft} draft */
async function send(draft) {
  if (isElsewhere(draft.visit.peek().id)) return;
  submitting.value = true;
  clearToast();
  try {
    await submitVisit(draft, await remarks(draft));
    goInstead(`#/visits/${draft.visit.peek().id}/result`);
  } catch {
    toast({ icon: "alert", message: say("storage.not_sealed") });
  } finally {
    submitting.value = false;
  }
}

/**
 * Read from the database, not from the screen: what was kept is what goes along.
 * @param {OpenDraft} draft
 */
async function remarks(draft) {
  const { account, id } = draft.visit.peek();
  return remarksOf(draft, await capturesOf(account, id));
}
