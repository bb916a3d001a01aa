/** @import {LineFollow} from "../../types.js" */
/** @import {Open, Panel} from "./line.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { live } from "../../../vendor/lit-live.js";
import { draftFor, put } from "../../sync/line_desk.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { area, phraseChips, sendFoot } from "./fields.js";
import { lookedPhotos } from "./looked.js";
import { linePhotos } from "./photos.js";

/**
 * What was done about a problem: photos from after, in words what, why it came about and what keeps it away.
 * @param {Open} open
 * @returns {Panel}
 */
export function replyPanel({ notice, line, follow }) {
  const draft = draftFor(account.value?.id ?? "", notice.id, line.no, "reply");
  const photoWanted = follow?.photo_wanted ?? false;
  const phrases = /** @type {const} */ (["fixed", "supplied", "replaced", "trained"]).map((name) =>
    say(`line.phrase_${name}`),
  );
  const body = html`${returned(follow)}
    <h2 class="sect-t">${say("line.after_photos")}${wanted(photoWanted, draft.photos.length)}</h2>
    ${linePhotos(draft)}
    <p class="help">${say("line.photo_help")}</p>
    <h2 class="sect-t">${say("line.what_done")}</h2>
    ${phraseChips(draft, phrases)} ${area(draft, "text", { label: say("line.measure") })}
    <label class="row gap2 spot"
      ><input
        type="checkbox"
        .checked=${live(Boolean(draft.on_the_spot))}
        @change=${() => put(draft, { on_the_spot: !draft.on_the_spot })}
      /><span class="fs15">${say("line.on_the_spot")}</span></label
    >
    <details class="card card--pad more-fields" ?open=${Boolean(draft.cause || draft.prevention)}>
      <summary class="fs15">${say("line.why_and_never")}</summary>
      <div class="stack">
        ${area(draft, "cause", { label: say("line.cause"), rows: 2 })}
        ${area(draft, "prevention", { label: say("line.prevention"), rows: 2 })}
      </div>
    </details>`;
  const title = `${notice.number} · ${line.item_title}`;
  return { body, foot: sendFoot(draft, { photoWanted, title, send: say("line.send_reply") }) };
}

/**
 * @param {boolean} photoWanted
 * @param {number} n
 */
function wanted(photoWanted, n) {
  if (!photoWanted) return html`<span class="end">${say("line.photo_welcome")}</span>`;
  return html`<span class="end ${n ? "good" : "loss"}"
    >${n ? icon("check", "i--s") : nothing} ${say("line.one_photo")}</span
  >`;
}

/**
 * Why the last reply was sent back: to be read before anything is typed.
 * @param {LineFollow | undefined} follow
 */
function returned(follow) {
  const last = follow?.verdicts.filter(({ accepted }) => !accepted).slice(-1)[0];
  if (follow?.state !== "returned" || !last) return nothing;
  return html`<div class="banner banner--bad banner--r" role="note">
    ${icon("undo")}<span class="grow"
      ><b>${say("line.returned_why")}</b> ${last.reason} ${lookedPhotos(last)}</span
    >
  </div>`;
}
