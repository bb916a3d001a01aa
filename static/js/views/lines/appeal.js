/** @import {Open, Panel} from "./line.js" */
import { html } from "../../../vendor/lit-html.js";
import { GROUNDS, MOST_FILES } from "../../model/line_draft.js";
import { draftFor, put } from "../../sync/line_desk.js";
import { account } from "../../sync/session.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { leftWords } from "../notices/time_words.js";
import { area, sendFoot } from "./fields.js";
import { linePapers } from "./papers.js";
import { linePhotos } from "./photos.js";

/**
 * Saying that a loss is wrong: on what ground, in words, with what shows it.
 * @param {Open} open
 * @returns {Panel}
 */
export function appealPanel({ notice, line, follow }) {
  const draft = draftFor(account.value?.id ?? "", notice.id, line.no, "appeal");
  const closes = follow?.appeal_closes_at ?? "";
  const body = html`${steps()}
    <h2 class="sect-t" id="grounds">${say("appeal.ground")}</h2>
    <div class="chips" role="radiogroup" aria-labelledby="grounds" @keydown=${onArrow}>
      ${GROUNDS.map(
        (ground, n) =>
          html`<button
            class="chip"
            role="radio"
            aria-checked=${ground === draft.ground}
            tabindex=${tabStop(ground === draft.ground, n === 0, Boolean(draft.ground))}
            @click=${() => put(draft, { ground })}
          >
            ${say(`appeal.ground_${ground}`)}
          </button>`,
      )}
    </div>
    ${area(draft, "text", { label: say("appeal.text"), help: say("appeal.text_help"), rows: 5 })}
    <h2 class="sect-t">
      ${say("appeal.files")}<span class="end">${say("appeal.files_help", { n: MOST_FILES })}</span>
    </h2>
    ${linePhotos(draft, linePapers(draft))}`;
  const left = html`<span class="faint">${say("appeal.window")}</span><br /><b class="num"
      >${leftWords(closes).x}</b
    >`;
  const title = `${notice.number} · ${line.item_title}`;
  return {
    body,
    foot: sendFoot(draft, { photoWanted: false, title, send: say("appeal.send"), left }),
  };
}

/** The way an appeal goes, and how long each part of it may take. */
function steps() {
  return html`<ol class="steps card card--pad">
    <li class="now" aria-current="step"><i></i>${say("appeal.step_write")}</li>
    <li><i></i>${say("appeal.step_region")}<br />${say("left.h", { n: 24 })}</li>
    <li><i></i>${say("appeal.step_decision")}<br />${say("left.h", { n: 48 })}</li>
  </ol>`;
}
