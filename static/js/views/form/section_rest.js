/** @import {Item, Section, Verdict} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { judged } from "../../model/answer_row.js";
import { remembering } from "../../model/answer_past.js";
import { untouched } from "../../model/unanswered.js";
import { island } from "../../ui/island.js";
import { hide, show } from "../../ui/overlay.js";
import { toast } from "../../ui/toast.js";
import { say, text } from "../../wording/say.js";
import { REASONS, reasonField } from "./reasons.js";

const OFFERED = [...REASONS.na, ...REASONS.not_observed];

/**
 * Sets apart what nobody touched in a section, in one go and for one reason. What was judged stays as it is.
 * @param {OpenDraft} draft
 * @param {Section} section
 */
export function openRest(draft, section) {
  const reason = signal("");
  show({
    kind: "sheet",
    title: say("rest.title", { x: text(section.title) }),
    close: say("common.cancel"),
    body: () => html`<div class="stack" ${island(() => body(draft, section, reason))}></div>`,
  });
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {import("../../../vendor/signals-core.js").Signal<string>} reason
 */
function body(draft, section, reason) {
  const left = untouched(draft, section);
  const may = left.filter((item) => item.na === "allowed");
  const change = (/** @type {string} */ words) => {
    reason.value = words;
  };
  const mark = (/** @type {readonly Item[]} */ items, /** @type {Verdict} */ verdict) => {
    hide();
    setApart(draft, section, items, verdict, reason.peek().trim());
  };
  const said = reason.value.trim() !== "";
  return html`<p class="help">${say("rest.help")}</p>
    ${reasonField(OFFERED, reason.value, change)}
    ${said ? nothing : html`<p class="help">${say("rest.need")}</p>`}
    <button
      class="btn btn--b btn--lg"
      ?disabled=${!said || !left.length}
      @click=${() => mark(left, "not_observed")}
    >
      ${say("rest.unseen", { n: left.length })}
    </button>
    <button
      class="btn btn--b btn--lg"
      ?disabled=${!said || !may.length}
      @click=${() => mark(may, "na")}
    >
      ${say("rest.na", { n: may.length })}
    </button>
    ${
      may.length < left.length
        ? html`<p class="help">${say("rest.na_never", { n: left.length - may.length })}</p>`
        : nothing
    }`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {readonly Item[]} items
 * @param {Verdict} verdict
 * @param {string} reason
 */
function setApart(draft, section, items, verdict, reason) {
  const before = items.map((item) => draft.row(item.code));
  const after = items.map((item, index) => {
    const row = before[index] ?? draft.row(item.code);
    return remembering(row, { ...judged(row, verdict, item), reason }, Date.now());
  });
  draft.put(after, { at: { section: section.key, item: items[items.length - 1]?.code ?? "" } });
  toast({
    icon: "check2",
    message: say("rest.marked", { n: items.length }),
    act: say("common.undo"),
    // What was judged by hand meanwhile stays.
    onAct: () => draft.put(before.filter((row) => draft.row(row.item).verdict === verdict)),
  });
}
