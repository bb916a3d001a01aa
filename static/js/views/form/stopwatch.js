/** @import {AnswerRow, CaptureRow, Item, Meas, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { measuredVerdict } from "../../model/measured.js";
import { elapsed, lapsOf, measuredIn, secondsOf, shown } from "../../model/stopwatch.js";
import { clock } from "../../model/when.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { say } from "../../wording/say.js";
import { edit } from "../answers/answering.js";
import { drop, keep, noteDown, runningWatch } from "../captures/shelf.js";
import { ticking } from "../captures/ticking.js";

/**
 * A stopwatch for what is measured in time. Only when it started is kept, so it runs on whatever happens to the app.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {Meas} rule
 */
export function stopwatch(draft, section, item, rule) {
  const seconds = secondsOf(rule);
  if (!seconds) return nothing;
  const watch = runningWatch(draft, item.code);
  if (!watch)
    return html`<button
      class="btn"
      @click=${() => noteDown(draft, { kind: "watch", section: section.key, item: item.code })}
    >
      ${icon("clock")}${say("watch.start")}
    </button>`;
  return running(draft, watch, () => stop(draft, section, { item, rule, seconds, watch }));
}

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} watch
 * @param {() => void} onStop
 */
function running(draft, watch, onStop) {
  const lap = () => keep(draft, { ...watch, laps: [...watch.laps, new Date().toISOString()] });
  return html`<div class="watch">
    <div class="row row--base">
      <b
        class="score fs24"
        role="timer"
        ${island(() => html`${shown(elapsed(watch, ticking.value))}`)}
      ></b>
      <span class="faint fs13">${say("watch.from", { t: clock(watch.at) })} ${laps(watch)}</span>
    </div>
    <div class="row row--wrap">
      <button class="btn btn--p btn--g" @click=${onStop}>${say("watch.stop")}</button>
      <button class="btn" @click=${lap}>${say("cap.lap")}</button>
      <button
        class="btn btn--icon"
        aria-label=${say("watch.cancel")}
        @click=${() => drop(draft, watch)}
      >
        ${icon("x")}
      </button>
    </div>
    <p class="help">${say("watch.kept")}</p>
  </div>`;
}

/** @param {CaptureRow} watch */
function laps(watch) {
  const all = lapsOf(watch).map(shown).join(" ");
  return all ? say("cap.laps", { x: all }) : nothing;
}

/**
 * Stops and fills in what was measured, which judges itself; a change like any other, with its way back.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {{item: Item, rule: Meas, seconds: number, watch: CaptureRow}} timed
 */
function stop(draft, section, { item, rule, seconds, watch }) {
  const stopped = { ...watch, stopped_at: new Date().toISOString() };
  keep(draft, stopped);
  const measured = measuredIn(elapsed(stopped, 0), seconds);
  /** @type {AnswerRow} */
  const row = {
    ...draft.row(item.code),
    measured,
    verdict: measuredVerdict(rule, measured),
    observed_at: watch.at,
  };
  edit(draft, section, row);
}
