/** @import {Item} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { lineOf } from "../../model/look.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/**
 * In a look at failed lines: what was wrong, what the store says it did, and why that was returned.
 * @param {OpenDraft} draft
 * @param {Item} item
 */
export function storeSaid(draft, { code }) {
  const line = lineOf(draft.visit.peek().lines, code);
  if (!line) return nothing;
  const { reply } = line;
  return html`<div class="item__std fs14">
    <p><b>${say("look.problem")}</b> ${line.problem}</p>
    ${reply ? html`<p class="muted"><b>${say("look.reply")}</b> ${reply.measure} ${reply.cause}</p>` : nothing}
    ${line.returned ? html`<p class="muted"><b>${say("look.returned")}</b> ${line.returned}</p>` : nothing}
    ${reply?.photos.length ? photos(reply.photos) : nothing}
  </div>`;
}

/** @param {readonly string[]} addresses */
function photos(addresses) {
  return html`<p class="faint fs13">${icon("image", "i--s")} ${say("look.photos")}</p>
    <div class="photos">
      ${addresses.map(
        (at, index) =>
          html`<a class="photo photo--l" href=${at} target="_blank"
            ><img src=${at} alt=${say("look.photo_n", { n: index + 1 })}
          /></a>`,
      )}
    </div>`;
}
