/** @import {Assignment, VisitRow} from "../../types.js" */
/** @import {TaskKind} from "../../model/task_kind.js" */
/** @import {Task} from "./tasks.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss } from "../../model/points.js";
import { windowWords } from "../../model/window_words.js";
import { rubricsReady } from "../../sync/assignments.js";
import { isTakenOver, offered } from "../../sync/copy_states.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { formAt } from "../../ui/route.js";
import { scoreBar } from "../../ui/score_bar.js";
import { toast } from "../../ui/toast.js";
import { language, say } from "../../wording/say.js";
import { copyWords, moment } from "../drafts/copy_words.js";
import { drafts } from "../drafts/drafts.js";
import { stateTag } from "../drafts/visit_tag.js";

/** @param {Task} task */
export function taskCard({ assignment, visit, kind }) {
  return html`<section class="card task ${kind === "doing" ? "task--now" : ""}">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs18">${assignment.store.name}</h2>
        <p class="fs14 faint">${where(assignment)}</p>
      </div>
      ${stateTag(kind === "gone" || kind === "off" ? "sent" : kind)}
    </div>
    <div class="meta">
      ${windowOf(assignment)}${kind === "todo" ? readiness(assignment) : nothing}
    </div>
    ${scene(assignment)} ${elsewhere(assignment)}
    ${visit && kind === "doing" ? progress(visit) : nothing} ${button(assignment, visit, kind)}
  </section>`;
}

/** @param {Assignment} assignment */
function scene({ state, cover, returned, lines }) {
  return html`${
    state === "cancelled"
      ? html`<p class="scene scene--warn">${say("task.cancelled")}</p>`
      : nothing
  }${lines ? html`<p class="scene">${say("task.look", { n: lines.length })}</p>` : nothing}${
    cover ? html`<p class="scene only-open"><b>${say("task.identity")}</b> ${cover}</p>` : nothing
  }${
    returned
      ? html`<p class="scene scene--warn">
          <b>${say("task.returned_reason")}</b> ${returned.reason}
        </p>`
      : nothing
  }`;
}

/** @param {Assignment} assignment */
function where({ store }) {
  const region = language.value === "en" ? store.region_en : store.region_zh;
  return [region, store.address].filter(Boolean).join(" · ");
}

/** @param {Assignment} assignment */
function windowOf({ window_from, window_to }) {
  const words = windowWords(window_from, window_to, Date.now(), language.value);
  const said = {
    span: say("task.window", { a: words.from, b: words.to }),
    date: words.from,
    today: say("when.today"),
    tomorrow: say("when.tomorrow"),
    yesterday: say("when.yesterday"),
  };
  return html`<span>${icon("clock")}${said[words.kind]}</span>`;
}

/** @param {Assignment} assignment */
function readiness({ rubric, earlier }) {
  const ready = rubricsReady.value.has(rubric.digest);
  return html`${
      earlier.length
        ? html`<span>${icon("history")}${say("task.earlier", { n: earlier.length })}</span>`
        : nothing
    }<span class=${ready ? "good" : ""}
      >${icon(ready ? "cloudok" : "cloud")}${say(ready ? "task.ready" : "task.not_ready")}</span
    >`;
}

/** A draft another device began is offered first. @param {Assignment} assignment */
function elsewhere({ id }) {
  const draft = offered.value.find((one) => one.assignment === id);
  if (!draft) return nothing;
  const t = moment(draft.copies[0]?.received_at ?? "");
  return html`<p class="scene scene--warn">${say("copy.offered", { t })}</p>
    <a class="btn btn--p btn--lg btn--b" href="#/visits/${draft.visit}/versions"
      >${say("copy.offered_open")}</a
    >`;
}

/** A look at failed lines adds to no score, and no copy of it goes to the server. @param {VisitRow} visit */
function progress(visit) {
  const draft = drafts.value.get(visit.id);
  if (!draft) return nothing;
  const facts = { n: draft.answered, m: draft.of };
  const lost = draft.card.lost ?? 0;
  return html`<div>
    ${scoreBar(draft.parts, say("task.answered", facts))}
    <div class="row fs13 faint num task__f">
      <span>${say("task.answered", facts)}</span>${
        visit.lines
          ? nothing
          : html`<span class="end only-open"
              >${say("task.lost_so_far")} <b class="loss">${loss(lost)}</b></span
            >`
      }
    </div>
    ${
      visit.lines
        ? nothing
        : html`<p class="fs13 faint num task__f">
            ${icon("cloud", "i--s")} ${copyWords(visit.id)}${photosWords(visit.id)}
          </p>`
    }
  </div>`;
}

/**
 * How many photos of a draft are at the server already.
 * @param {string} visit
 */
function photosWords(visit) {
  const photos = [...uploads.value.values()].filter((photo) => photo.visit === visit);
  const n = photos.filter((photo) => photo.state === "here").length;
  return photos.length ? ` · ${say("outbox.photos", { n, m: photos.length })}` : "";
}

/** @param {VisitRow} visit */
function goOnAt({ id, at }) {
  return isTakenOver(id) ? `#/visits/${id}/versions` : formAt(id, at?.section ?? "");
}

/**
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 * @param {TaskKind} kind
 */
function button(assignment, visit, kind) {
  if (visit && kind === "doing")
    return html`<a class="btn btn--p btn--lg btn--b" href=${goOnAt(visit)}
      >${say(isTakenOver(visit.id) ? "copy.compare" : "task.continue")}</a
    >`;
  const ready = rubricsReady.value.has(assignment.rubric.digest);
  const returned = kind === "returned";
  return html`<button
    class="btn btn--lg btn--b ${returned ? "btn--p" : ""}"
    ?disabled=${!ready}
    @click=${() => void act(assignment, visit, returned)}
  >
    ${say(returned ? "task.mend" : "task.start")}
  </button>`;
}

/**
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 * @param {boolean} returned
 */
async function act(assignment, visit, returned) {
  try {
    const { again, begin } = await import("./actions.js");
    await (returned ? again(assignment, visit) : begin(assignment));
  } catch {
    toast({ icon: "alert", message: say("app.absent") });
  }
}

/** @param {Task} task */
export function sentCell({ assignment, visit, sent }) {
  const state = sent && sent.state !== "complete" ? "sending" : "sent";
  const id = visit?.id ?? "";
  const inside = html`<div class="grow">
      <span class="fs15">${assignment.store.name}</span
      ><small>${say(state === "sent" ? "task.at_server" : "task.on_its_way")}</small>
    </div>
    ${stateTag(state)}`;
  return id
    ? html`<a class="cell" href="#/visits/${id}/result">${inside}</a>`
    : html`<div class="cell">${inside}</div>`;
}
