/** @import {InboxMessage} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { placeOf } from "../../model/message_place.js";
import { inbox, inboxFetching, readMessages, refreshInbox } from "../../sync/inbox.js";
import { online } from "../../sync/link.js";
import { unread } from "../../sync/noted.js";
import { account } from "../../sync/session.js";
import { noticesHere } from "../../sync/store_notices.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { empty, retryButton, skeleton } from "../../ui/states.js";
import { say } from "../../wording/say.js";
import { head } from "../notices/home.js";
import { dayClock } from "../notices/time_words.js";

/** What this person was told, what was not read first. */
export function inboxScreen() {
  const n = unread.value;
  const below = n ? say("store.n_unread", { n }) : nothing;
  const control = n ? readAll() : undefined;
  return html`${backHead({ title: say("store.inbox"), below, back: "#/tasks", control, banner: head() })}${body()}`;
}

function me() {
  return account.peek()?.id ?? "";
}

function readAll() {
  const ids = () => (inbox.peek() ?? []).map(({ id }) => id);
  return html`<button
    class="ib"
    aria-label=${say("inbox.read_all")}
    @click=${() => void readMessages(me(), ids())}
  >
    ${icon("check")}
  </button>`;
}

function body() {
  const listed = inbox.value;
  if (!listed)
    return inboxFetching.value === "failed" ? failed() : skeleton(4, say("common.loading"));
  if (!listed.length)
    return html`<main id="main" class="ctr">
      ${empty("done", { title: say("inbox.none"), help: say("inbox.none_help") })}
    </main>`;
  return html`<main class="m-body" id="main">
    <ul class="cells">
      ${listed.map((one) => html`<li>${cell(one)}</li>`)}
    </ul>
  </main>`;
}

function failed() {
  const again = () => refreshInbox(me()).catch(() => undefined);
  return html`<main id="main" class="ctr">
    ${empty(online.value ? "err" : "off", { title: say("inbox.not_fetched"), help: say("appeal.not_fetched_help"), action: retryButton(again) })}
  </main>`;
}

/** @param {InboxMessage} message */
function cell({ id, title, body: words, path, at, read }) {
  const notices = [...noticesHere.value.values()].map(({ notice }) => notice);
  return html`<a
    class="cell cell--top told ${read ? "" : "told--new"}"
    href=${placeOf(path, notices)}
    @click=${() => void readMessages(me(), [id])}
    ><i class="told__dot" aria-hidden="true"></i
    ><span class="grow"
      ><span class="row row--base"
        ><b class="fs15 grow"
          >${read ? nothing : html`<span class="sr">${say("inbox.is_unread")}</span>`}${title}</b
        ><small class="num nowrap">${dayClock(at)}</small></span
      ><span class="fs14 muted">${words}</span></span
    >${icon("right")}</a
  >`;
}
