/** @import {StoreNoticeListed} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { date } from "../../model/when.js";
import { notices, noticesHere } from "../../sync/store_notices.js";
import { bigHead } from "../../ui/frame.js";
import { empty, skeleton } from "../../ui/states.js";
import { language, say } from "../../wording/say.js";
import { head } from "./home.js";
import { noticeBar, noticeScore } from "./looks.js";

/** Every result the store was told, latest first. */
export function pastScreen() {
  const listed = notices.value?.data;
  const below = listed ? say("store.n_notices", { n: listed.length }) : "";
  return html`${bigHead({ title: say("store.results"), below, banner: head() })}${
    listed ? results(listed) : skeleton(4, say("common.loading"))
  }`;
}

/** @param {readonly StoreNoticeListed[]} listed */
function results(listed) {
  if (!listed.length)
    return html`<main id="main" class="ctr">
      ${empty("done", { title: say("store.none"), help: say("store.none_help") })}
    </main>`;
  return html`<main class="m-body" id="main">${listed.map(result)}</main>`;
}

/** @param {StoreNoticeListed} listed */
function result(listed) {
  const notice = noticesHere.value.get(listed.id)?.notice;
  return html`<a class="card card--pad past" href="#/notices/${listed.id}/notice">
    <span class="row row--top"
      ><span class="grow"
        ><b class="fs15">${listed.round_name}</b
        ><small class="faint num"
          >${listed.number} · ${date(listed.issued_at, language.value)}</small
        ></span
      >${noticeScore(listed)}</span
    >
    ${notice ? noticeBar(notice) : nothing}
  </a>`;
}
