/** @import {Assignment, AssignmentsOut, OutboxRow, RoundOut, VisitRow} from "../../types.js" */
/** @import {TaskKind} from "../../model/task_kind.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { KINDS, taskKind } from "../../model/task_kind.js";
import { date, longDate } from "../../model/when.js";
import { assignments, fetching, refreshAssignments } from "../../sync/assignments.js";
import { outbox } from "../../sync/outbox.js";
import { account } from "../../sync/session.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { prefer, preferences } from "../../ui/preferences.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { vars } from "../../ui/vars.js";
import { language, nameOf, say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { localVisits } from "../drafts/drafts.js";
import { sentCell, taskCard } from "./card.js";

export function tasksScreen() {
  const listed = assignments.value?.data;
  return html`${bigHead({ title: say("task.today"), below: below(), control: discreetSwitch(), banner: banner() })}
  ${listed ? body(listed) : waiting()}`;
}

function below() {
  const { round, rounds = [] } = assignments.value?.data ?? {};
  const named = round && rounds.length < 2 && !preferences.value.discreet;
  return html`${longDate(Date.now(), language.value)}${named ? html` · ${nameOf(round)}` : nothing}`;
}

function discreetSwitch() {
  const on = preferences.value.discreet;
  return html`<button
    class="ib"
    aria-pressed=${on}
    aria-label=${say("task.discreet")}
    @click=${() => prefer({ discreet: !on })}
  >
    ${icon("moon")}
  </button>`;
}

function waiting() {
  if (fetching.value !== "failed") return skeleton(3, say("common.loading"));
  const again = () => refreshAssignments(account.peek()?.id ?? "").catch(() => undefined);
  return empty("err", {
    title: say("task.not_fetched"),
    help: say("task.not_fetched_help"),
    action: retryButton(again),
  });
}

/** @typedef {{assignment: Assignment, visit: VisitRow | undefined, sent: OutboxRow | undefined, kind: TaskKind}} Task */

/** @param {AssignmentsOut} listed */
function body({ assignments: listed, round, rounds = [] }) {
  if (!listed.length) return none();
  const all = KINDS.flatMap((kind) => listed.map(taskOf).filter((task) => task.kind === kind));
  return html`<main class="m-body" id="main">
    ${several(rounds)?.(rounds, all, part) ?? part(round, all)}
  </main>`;
}

/** How several rounds are drawn, once that came. @param {readonly RoundOut[]} rounds */
function several({ length }) {
  if (length < 2) return null;
  if (!byRound.value) import("./by_round.js").then((one) => (byRound.value = one.byRound), noop);
  return byRound.value;
}

const noop = () => undefined;

const byRound = signal(/** @type {typeof import("./by_round.js").byRound | null} */ (null));

/**
 * @param {RoundOut | null} round
 * @param {readonly Task[]} all
 */
function part(round, all) {
  const open = all.filter((task) => task.kind !== "gone");
  const gone = all.filter((task) => task.kind === "gone");
  const done = { title: say("task.all_done"), help: say("task.all_done_help") };
  return html`${roundCard(round, all)} ${open.length ? open.map(taskCard) : empty("done", done)}
  ${gone.length ? handedIn(gone) : nothing}`;
}

function none() {
  const round = assignments.value?.data.round;
  const help = round?.ends_on
    ? say("task.none_help", { d: date(round.ends_on, language.value) })
    : say("task.none_ever");
  return html`<main class="ctr" id="main">
    ${empty("done", { title: say("task.none"), help })}
  </main>`;
}

/** @param {readonly Task[]} gone */
function handedIn(gone) {
  return html`<h2 class="sect-t">
      ${say("task.round_done")}<span class="end">${say("task.stores", { n: gone.length })}</span>
    </h2>
    <div class="cells">${gone.map(sentCell)}</div>`;
}

/**
 * @param {Assignment} assignment
 * @returns {Task}
 */
function taskOf(assignment) {
  const visit = localVisits.value.find((one) => one.assignment === assignment.id);
  const sent =
    visit && outbox.value.find((row) => row.visit === visit.id && row.attempt === visit.attempt);
  return { assignment, visit, sent, kind: taskKind(assignment, visit) };
}

/**
 * @param {RoundOut | null} round
 * @param {readonly Task[]} tasks
 */
function roundCard(round, tasks) {
  if (!round) return nothing;
  const all = tasks.filter(({ assignment }) => !assignment.lines);
  const total = round.total ?? all.length;
  const submitted = Math.max(
    round.submitted ?? 0,
    all.filter((task) => task.kind === "gone").length,
  );
  const doing = all.filter((task) => task.kind === "doing").length;
  const share = (/** @type {number} */ n) => ({ width: `${total ? (100 * n) / total : 0}%` });
  return html`<section class="card round-card" aria-label=${say("task.my_round")}>
    <div class="row row--base">
      <span class="fs14 muted">${say("task.my_round")}</span
      ><span class="end num fs14"
        ><b>${submitted}</b> <span class="faint">${say("task.of_stores", { n: total })}</span></span
      >
    </div>
    <div class="bar" aria-hidden="true">
      <i ${vars(share(submitted))}></i><i class="bar__doing" ${vars(share(doing))}></i>
    </div>
    <div class="row fs12 faint round-card__f">
      <span>${say("task.submitted_n", { n: submitted })}</span
      ><span>${say("task.doing_n", { n: doing })}</span
      ><span class="end"
        >${round.ends_on ? say("task.deadline", { d: date(round.ends_on, language.value) }) : nothing}</span
      >
    </div>
  </section>`;
}
