/** @import {SendingRow, StoreAppeal} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { total } from "../../model/points.js";
import { stillOpen } from "../../model/store_appeal.js";
import { online } from "../../sync/link.js";
import { toldOf } from "../../sync/sendings.js";
import { serverNow } from "../../sync/server_now.js";
import { account } from "../../sync/session.js";
import { appeals, appealsFetching, refreshAppeals } from "../../sync/store_appeals.js";
import { noticesHere } from "../../sync/store_notices.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { say, text } from "../../wording/say.js";
import { head } from "../notices/home.js";
import { sentWords } from "../notices/looks.js";
import { dayClock, leftWords } from "../notices/time_words.js";
import { appealTag, outcomeWords } from "./looks.js";

/** @typedef {ReturnType<typeof stillOpen>[number]} Disputable */

/** What the store disputed and may still dispute. */
export function appealsScreen() {
  const listed = appeals.value?.data;
  const below = listed ? say("appeal.n_appeals", { n: listed.length }) : "";
  return html`${bigHead({ title: say("store.appeals"), below, banner: head() })}${body(listed)}`;
}

/** @param {readonly StoreAppeal[] | undefined} listed */
function body(listed) {
  const isListed = (/** @type {SendingRow} */ row) =>
    row.state === "received" &&
    listed?.some(({ notice, line }) => notice === row.notice && line === row.line);
  const sent = toldOf.value.filter((row) => row.kind === "appeal" && !isListed(row));
  const own = [...sent.map(sentCell), ...(listed ?? []).map(cell)];
  const may = open(sent).map(openCell);
  if (own.length || may.length)
    return html`<main class="m-body" id="main">
      ${section(say("appeal.own"), own)} ${section(say("appeal.may"), may)}
    </main>`;
  return listed ? none() : notYet();
}

/** Lines that may be appealed against still. @param {readonly SendingRow[]} sent */
function open(sent) {
  const here = [...noticesHere.value.values()].map(({ notice }) => notice);
  return stillOpen(here, serverNow.value).filter(
    ({ notice, line }) => !sent.some((row) => row.notice === notice.id && row.line === line.no),
  );
}

function none() {
  return html`<main id="main" class="ctr">
    ${empty("done", { title: say("appeal.none"), help: say("appeal.none_help") })}
  </main>`;
}

function notYet() {
  return appealsFetching.value === "failed" ? failed() : skeleton(3, say("common.loading"));
}

function failed() {
  const again = () => refreshAppeals(account.peek()?.id ?? "").catch(() => undefined);
  return html`<main id="main" class="ctr">
    ${empty(online.value ? "err" : "off", { title: say("appeal.not_fetched"), help: say("appeal.not_fetched_help"), action: retryButton(again) })}
  </main>`;
}

/**
 * @param {string} title
 * @param {readonly unknown[]} cells
 */
function section(title, cells) {
  if (!cells.length) return nothing;
  return html`<h2 class="sect-t">${title}</h2>
    <ul class="cells">
      ${cells.map((one) => html`<li>${one}</li>`)}
    </ul>`;
}

/** @param {StoreAppeal} appeal */
function cell(appeal) {
  const words = outcomeWords(appeal);
  return html`<a class="cell cell--top" href="#/appeals/${appeal.id}/appeal"
    ><span class="grow"
      ><span class="row row--base"
        ><b class="fs15">${text(appeal.title)}</b
        ><b class="loss num end">${total(-appeal.old_lost)}</b></span
      ><small class="num">${appeal.number} · ${dayClock(appeal.filed_at)}</small
      ><span class="row row--wrap fd__f"
        >${appealTag(appeal.state)}${
          words === nothing ? nothing : html`<span class="fs13 muted num">${words}</span>`
        }</span
      ></span
    >${icon("right")}</a
  >`;
}

/** One that has not arrived yet. @param {SendingRow} row */
function sentCell({ notice, line, title, state }) {
  const stopped = state === "stopped";
  return html`<a class="cell cell--top" href="#/notices/${notice}/line/${line}-appeal"
    ><span class="grow"
      ><b class="fs15">${title}</b
      ><span class="row fd__f"
        ><span class="tag tag--${stopped ? "critical" : "pending"}"
          >${icon(stopped ? "alert" : "upload")}${sentWords(state)}</span
        ></span
      ></span
    >${icon("right")}</a
  >`;
}

/** @param {Disputable} found */
function openCell({ notice, line, closes_at }) {
  const { words } = leftWords(closes_at);
  return html`<a class="cell" href="#/notices/${notice.id}/line/${line.no}-appeal"
    ><span class="grow"
      ><span class="row row--base"
        ><span class="fs15" lang=${notice.language}>${line.item_title}</span
        ><b class="loss num end">${line.lost}</b></span
      ><small class="num">${notice.number} · ${say("appeal.closes", { x: words })}</small></span
    >${icon("right")}</a
  >`;
}
