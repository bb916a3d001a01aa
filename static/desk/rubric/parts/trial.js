/** @import {Answer} from "../../../js/types.js" */
/** @import {Editor} from "../editor.js" */
/** @import {Doc, Trial} from "../types.js" */
/** @typedef {ReturnType<typeof import("../server.js").createServer>} Server */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { loss, plain, total } from "../../../js/model/points.js";
import { sectionsOf } from "../model/spots.js";
import { say, text } from "../words.js";

const PAUSE = 500;

/** What the server made of the answers: its score, how many faults are in the way, or no answer at all. */
const found = signal(/** @type {Trial | "unreachable" | null} */ (null));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let round = 0;

/**
 * Asks the server for its score, once nothing has changed for a moment.
 * @param {Server} server
 * @param {Doc} draft
 * @param {Answer[]} answers
 */
export function ask(server, draft, answers) {
  clearTimeout(timer);
  timer = setTimeout(() => void asked(server, draft, answers), PAUSE);
}

/**
 * @param {Server} server
 * @param {Doc} draft
 * @param {Answer[]} answers
 */
async function asked(server, draft, answers) {
  const mine = (round += 1);
  const outcome = await server.score(draft, answers);
  // Asked again meanwhile: the newer answer counts.
  if (mine === round) found.value = outcome.kind === "done" ? outcome.body : "unreachable";
}

/**
 * The server's own score of what was answered in the preview.
 * @param {Editor} editor
 * @param {() => void} clear
 */
export function trial(editor, clear) {
  return html`<section class="card card--pad ed-trial" aria-labelledby="trial-title">
    <div class="row">
      <h2 class="fs14 grow" id="trial-title">${say("trial")}</h2>
      <button type="button" class="link" @click=${clear}>${say("trial_again")}</button>
    </div>
    ${result(editor)}
  </section>`;
}

/** @param {Editor} editor */
function result(editor) {
  const now = found.value;
  if (now === null) return html`<p class="help">${say("trial_help")}</p>`;
  if (now === "unreachable") return html`<p class="help help--bad">${say("trial_unreachable")}</p>`;
  if (!now.card)
    return html`<p class="help help--bad">${say("trial_faults", { n: now.faults })}</p>`;
  return html`${figures(now.card)}${lines(editor, now.card)}${why(now.steps)}`;
}

/** @param {NonNullable<Trial["card"]>} card */
function figures({ total: score, lost, outcome, answered, items }) {
  return html`<div class="row row--base ed-trial__f" role="status">
      <span class="score fs20">${score === null ? "—" : total(score)}</span
      ><span class="faint fs13">${say("trial_lost")}</span
      ><b class="num ${lost ? "loss" : ""}">${loss(lost ?? 0)}</b
      ><span
        class="tag end ${outcome === "pass" ? "tag--pass" : outcome === "none" ? "" : "tag--critical"}"
        >${say(`outcome_${outcome}`)}</span
      >
    </div>
    <p class="fs12 faint">${say("trial_answered", { n: answered, m: items })}</p>`;
}

/**
 * @param {Editor} editor
 * @param {NonNullable<Trial["card"]>} card
 */
function lines(editor, card) {
  const titles = new Map(sectionsOf(editor.draft.value).map((one) => [one.code, one.title]));
  return html`<table class="table22">
    <thead>
      <tr>
        <th>${say("sections")}</th>
        <th>${say("full")}</th>
        <th>${say("trial_score")}</th>
        <th>${say("trial_lost")}</th>
      </tr>
    </thead>
    <tbody>
      ${card.sections.map(
        (one) =>
          html`<tr>
            <th scope="row">${text(titles.get(one.section))}</th>
            <td>${plain(one.full)}</td>
            <td>${one.earned === null ? "—" : plain(one.earned)}</td>
            <td class=${one.lost ? "cut" : ""}>${one.lost === null ? "—" : loss(one.lost)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {readonly string[]} steps */
function why(steps) {
  if (!steps.length) return nothing;
  return html`<details class="ed-fold">
    <summary>${say("trial_why")}</summary>
    <ol class="ed-why fs13">
      ${steps.map((one) => html`<li>${one}</li>`)}
    </ol>
  </details>`;
}
