/** @import {OutboxRow} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { isTravelling } from "../../model/photo_state.js";
import { isUnsent } from "../../model/outbox_moves.js";
import { sizeWords } from "../../model/size_words.js";
import { clock, date, day } from "../../model/when.js";
import { online, portal } from "../../sync/link.js";
import { flush, outbox } from "../../sync/outbox.js";
import { uploads } from "../../sync/uploads.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { empty } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { delivery } from "./delivery.js";

export function outboxScreen() {
  const rows = [...outbox.value].reverse();
  const going = rows.filter(isUnsent);
  const unusable = rows.filter((row) => row.state === "unusable");
  const gone = rows.filter((row) => row.state === "complete");
  const control = going.length
    ? html`<button class="btn btn--q" @click=${() => void flush({ by: "person" })}>
        ${say("outbox.retry_all")}
      </button>`
    : nothing;
  const below = say(linkWords());
  return html`${bigHead({ title: say("nav.outbox"), below, control, banner: banner() })}
    <main class="m-body" id="main">
      ${[...going, ...unusable].map((row) => delivery(row, true))} ${early(going)}
      ${going.length || unusable.length ? nothing : empty("done", { title: say("outbox.empty"), help: say("outbox.empty_help") })}
      ${
        gone.length
          ? html`<h2 class="sect-t">
                ${say("outbox.delivered")}<span class="end">${say("outbox.keep")}</span>
              </h2>
              <div class="cells">${gone.map(delivered)}</div>`
          : nothing
      }
      ${storage()}
    </main>`;
}

function linkWords() {
  if (portal.value) return "link.portal";
  return online.value ? "outbox.online" : "outbox.offline_now";
}

/** The queue and the drafts as a file, for when no network comes in time or the phone must be changed. */
function exporting() {
  return html`<a class="cell" href="#/transfer"
    >${icon("download")}<span class="grow"
      >${say("outbox.export_all")}<small>${say("outbox.export_help")}</small></span
    >${icon("right")}</a
  >`;
}

/**
 * Photos that travel ahead of their visit, while it is still being filled in.
 * @param {readonly OutboxRow[]} going
 */
function early(going) {
  const frozen = new Set(going.flatMap((row) => row.photos));
  const ahead = [...uploads.value.values()].filter(
    (row) => !frozen.has(row.sha256) && isTravelling(row),
  );
  if (!ahead.length) return nothing;
  return html`<section class="card job">
    <div class="row">
      <h2 class="fs15 grow">${say("outbox.ahead")}</h2>
      <span class="num fs14">${ahead.length}</span>
    </div>
    <p class="fs13 faint">${say("outbox.ahead_help")}</p>
  </section>`;
}

/** @param {OutboxRow} row */
function delivered(row) {
  const at = row.receipt?.received_at ?? row.completed_at;
  const when = day(at) === day(Date.now()) ? say("when.today") : date(at, language.value);
  const facts = { t: `${when} ${clock(at)}`, n: row.receipt?.receipt_no ?? "" };
  return html`<a class="cell" href="#/visits/${row.visit}/result"
    ><span class="good">${icon("cloudok")}</span
    ><span class="grow"
      ><span class="fs15">${row.store_name}</span
      ><small class="num">${say("outbox.delivered_at", facts)}</small></span
    >${icon("right")}</a
  >`;
}

function storage() {
  const photos = [...uploads.value.values()];
  const size = photos.reduce((all, one) => all + one.size, 0);
  if (!photos.length) return html`<div class="cells">${exporting()}</div>`;
  return html`<div class="cells">
    ${exporting()}
    <div class="cell">
      <div class="grow">
        ${say("outbox.storage")}<small class="num"
          >${say("outbox.photos_n", { n: photos.length })}</small
        >
      </div>
      <span class="muted num fs15">${sizeWords(size)}</span>
    </div>
  </div>`;
}
