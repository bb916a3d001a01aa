/** @import {VisitSummary} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { loss, total } from "../../model/points.js";
import { dateClock } from "../../model/when.js";
import { history, historyFetching, refreshHistory } from "../../sync/history.js";
import { online } from "../../sync/link.js";
import { account } from "../../sync/session.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { preferences } from "../../ui/preferences.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { language, nameOf, say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { isState, stateTag } from "../drafts/visit_tag.js";

export function historyScreen() {
  const kept = history.value;
  const below = kept ? say("history.n", { n: kept.data.length }) : "";
  return html`${bigHead({ title: say("nav.history"), below, banner: age() })}${body()}`;
}

/** Offline, the age of what is shown stands above it. */
function age() {
  const kept = history.value;
  if (online.value || !kept) return banner();
  const t = dateClock(kept.fetched_at, language.value);
  return html`<div class="banner banner--off" role="status">
    ${icon("offline")}<span>${say("state.offline_data", { t })}</span>
  </div>`;
}

function body() {
  const kept = history.value;
  if (!kept)
    return historyFetching.value === "failed" ? failed() : skeleton(4, say("common.loading"));
  if (!kept.data.length)
    return html`<main id="main" class="ctr">
      ${empty("done", { title: say("history.none"), help: say("history.none_help") })}
    </main>`;
  return html`<main class="m-body" id="main">
    ${[...byRound(kept.data)].map(
      ([round, visits]) =>
        html`<h2 class="sect-t">
            ${round}<span class="end">${say("task.stores", { n: visits.length })}</span>
          </h2>
          <div class="cells">${visits.map(cell)}</div>`,
    )}
  </main>`;
}

function failed() {
  const again = () => refreshHistory(account.peek()?.id ?? "").catch(() => undefined);
  return html`<main id="main" class="ctr">
    ${empty(online.value ? "err" : "off", { title: say("state.not_here"), help: say("state.not_here_help"), action: retryButton(again) })}
  </main>`;
}

/** @param {readonly VisitSummary[]} visits */
function byRound(visits) {
  /** @type {Map<string, VisitSummary[]>} */
  const rounds = new Map();
  for (const visit of visits) {
    const name = nameOf(visit.round);
    rounds.set(name, [...(rounds.get(name) ?? []), visit]);
  }
  return rounds;
}

/** @param {VisitSummary} visit */
function cell(visit) {
  const at = dateClock(visit.received_at, language.value);
  const missing = visit.missing_photos
    ? html` · <b class="loss">${say("history.missing", { n: visit.missing_photos })}</b>`
    : nothing;
  const points = preferences.value.discreet || visit.total === null ? nothing : score(visit);
  return html`<a class="cell" href="#/visits/${visit.id}/result"
    ><span class="grow"
      ><span class="fs15">${visit.store.name}</span
      ><small class="num"
        >${at}${
          visit.attempt > 1 ? ` · ${say("history.attempt", { n: visit.attempt })}` : nothing
        }${missing}</small
      ></span
    >${points}${isState(visit.state) ? stateTag(visit.state) : nothing}</a
  >`;
}

/** @param {VisitSummary} visit */
function score(visit) {
  return html`<span class="r"
    ><span class="score fs18">${total(visit.total ?? 0)}</span
    ><small class=${visit.lost ? "loss num" : "num"}
      >${visit.outcome === "vetoed" ? say("history.vetoed") : loss(visit.lost ?? 0)}</small
    ></span
  >`;
}
