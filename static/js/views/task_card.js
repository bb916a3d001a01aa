/** @import {Assignment, VisitRow} from "../types.js" */
/** @import {Task} from "./tasks.js" */
import { html, nothing } from "../../vendor/lit-html.js";
import { loss } from "../model/points.js";
import { windowWords } from "../model/window_words.js";
import { rubricsReady } from "../sync/assignments.js";
import { account } from "../sync/session.js";
import { beginVisit, reopenVisit, whereAmI } from "../sync/visits.js";
import { icon } from "../ui/icon.js";
import { formAt, go } from "../ui/route.js";
import { scoreBar } from "../ui/score_bar.js";
import { toast } from "../ui/toast.js";
import { language, say } from "../wording/say.js";
import { desk, load } from "./desk.js";
import { drafts } from "./drafts.js";
import { stateTag } from "./visit_tag.js";

/** @param {Task} task */
export function taskCard({ assignment, visit, order }) {
  return html`<section class="card task ${order === 0 ? "task--now" : ""}">
    <div class="row row--top">
      <div class="grow">
        <h2 class="fs18">${assignment.store.name}</h2>
        <p class="fs14 faint">${where(assignment)}</p>
      </div>
      ${stateTag(/** @type {const} */ (["doing", "returned", "todo"])[order] ?? "todo")}
    </div>
    <div class="meta">${windowOf(assignment)}${visit ? nothing : readiness(assignment)}</div>
    ${assignment.cover ? html`<p class="scene only-open"><b>${say("task.identity")}</b> ${assignment.cover}</p>` : nothing}
    ${
      assignment.returned && order < 2
        ? html`<p class="scene scene--warn">
            <b>${say("task.returned_reason")}</b> ${assignment.returned.reason}
          </p>`
        : nothing
    }
    ${visit && order === 0 ? progress(visit) : nothing} ${button(assignment, visit, order)}
  </section>`;
}

/** @param {Assignment} assignment */
function where({ store }) {
  return `${language.value === "en" ? store.region_en : store.region_zh} · ${store.address}`;
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

/** @param {VisitRow} visit */
function progress(visit) {
  const draft = drafts.value.get(visit.id);
  if (!draft) return nothing;
  const facts = { n: draft.answered, m: draft.of };
  const lost = draft.card.lost ?? 0;
  return html`<div>
    ${scoreBar(draft.parts, say("task.answered", facts))}
    <div class="row fs13 faint num task__f">
      <span>${say("task.answered", facts)}</span
      ><span class="end only-open"
        >${say("task.lost_so_far")} <b class="loss">${loss(lost)}</b></span
      >
    </div>
  </div>`;
}

/**
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 * @param {number} order
 */
function button(assignment, visit, order) {
  if (visit && order === 0)
    return html`<a
      class="btn btn--p btn--lg btn--b"
      href=${formAt(visit.id, visit.at?.section ?? "")}
      >${say("task.continue")}</a
    >`;
  if (order === 1)
    return html`<button class="btn btn--p btn--lg btn--b" @click=${() => again(assignment, visit)}>
      ${say("task.mend")}
    </button>`;
  const ready = rubricsReady.value.has(assignment.rubric.digest);
  return html`<button
    class="btn btn--lg btn--b"
    ?disabled=${!ready}
    @click=${() => begin(assignment)}
  >
    ${say("task.start")}
  </button>`;
}

/** @param {Assignment} assignment */
async function begin(assignment) {
  const id = account.peek()?.id ?? "";
  try {
    const visit = await beginVisit(id, assignment);
    go(formAt(visit.id, ""));
    const place = await whereAmI();
    const { draft } = desk.peek();
    if (place && draft?.visit.peek().id === visit.id) draft.put([], { place });
  } catch {
    toast({ icon: "alert", message: say("storage.not_begun") });
  }
}

/**
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 */
async function again(assignment, visit) {
  if (!assignment.returned) return;
  if (!visit) return toast({ icon: "alert", message: say("task.other_phone") });
  await reopenVisit(visit, assignment.returned);
  await load(visit.account, visit.id);
  go(formAt(visit.id, ""));
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
