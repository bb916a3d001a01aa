/** @import {Open, Panel} from "./line.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { HOURS } from "../../model/line_draft.js";
import { draftFor, put } from "../../sync/line_desk.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { onArrow, tabStop } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { hoursWords } from "../notices/time_words.js";
import { area, sendFoot } from "./fields.js";

const WHYS = new Set(["veto", "not_owed", "waiting", "too_often", "too_late"]);

/**
 * Asking for more time.
 * @param {Open} open
 * @returns {Panel}
 */
export function extensionPanel({ notice, line, follow }) {
  const why = follow?.extension_why ?? "";
  if (why) {
    const known = /** @type {"veto"} */ (WHYS.has(why) ? why : "not_owed");
    const body = html`<div class="banner banner--off banner--r" role="note">
      ${icon("info")}<span class="grow">${say(`line.no_more_${known}`)}</span>
    </div>`;
    return { body, foot: nothing };
  }
  const draft = draftFor(account.value?.id ?? "", notice.id, line.no, "extension");
  const body = html`<h2 class="sect-t" id="hours">${say("line.how_long")}</h2>
    <div class="chips" role="radiogroup" aria-labelledby="hours" @keydown=${onArrow}>
      ${HOURS.map(
        (hours) =>
          html`<button
            class="chip"
            role="radio"
            aria-checked=${hours === draft.hours}
            tabindex=${tabStop(hours === draft.hours, false, true)}
            @click=${() => put(draft, { hours })}
          >
            ${hoursWords(hours)}
          </button>`,
      )}
    </div>
    ${area(draft, "text", { label: say("line.why_longer"), help: say("line.extension_help") })}`;
  const title = `${notice.number} · ${line.item_title}`;
  return {
    body,
    foot: sendFoot(draft, { photoWanted: false, title, send: say("line.send_extension") }),
  };
}
