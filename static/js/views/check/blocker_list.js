/** @import {Blocker} from "../../types.js" */
/** @import {Key} from "../../wording/say.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html } from "../../../vendor/lit-html.js";
import { numberOf } from "../../model/numbering.js";
import { icon } from "../../ui/icon.js";
import { preferences } from "../../ui/preferences.js";
import { formAt, go } from "../../ui/route.js";
import { say, text } from "../../wording/say.js";
import { placeNext } from "../photos/quick_photo.js";

/**
 * Everything that keeps a visit from being submitted, each a tap away.
 * @param {OpenDraft} draft
 * @param {readonly Blocker[]} left
 */
export function blockerList(draft, left) {
  return html`<div class="banner banner--warn banner--r" role="status">
      ${icon("alert")}<b>${say("check.blocked", { n: left.length })}</b>
    </div>
    <div class="cells">${left.map((blocker) => jump(draft, blocker))}</div>`;
}

const GO = /** @type {const} */ ({
  unanswered: "check.go_score",
  photo: "check.go_photo",
  unplaced: "check.go_place",
});

/**
 * @param {OpenDraft} draft
 * @param {Blocker} blocker
 */
function jump(draft, blocker) {
  const item = draft.items.get(blocker.item);
  const verb = say(GO[/** @type {keyof typeof GO} */ (blocker.code)] ?? "check.go_write");
  const title = item
    ? `${numberOf(draft.rubric, item)} ${text(item.title)}`
    : say("photo.unplaced");
  const there = () => {
    if (!item) return placeNext(draft);
    draft.put([], { at: { section: blocker.section, item: item.code } });
    go(formAt(draft.visit.peek().id, blocker.section));
  };
  return html`<button class="cell" @click=${there}>
    <span class="grow">${title}<small class="loss">${lack(blocker)}</small></span
    ><span class="link">${verb}</span>${icon("right")}
  </button>`;
}

/** What can be said of a gap without saying that marks are lost.
 * @type {Partial<Record<Blocker["code"], Key>>}
 */
const QUIET = {
  photo: "form.lacking",
  record: "form.lacking_record",
  note: "form.lacking_note",
  option: "form.lacking_note",
  ticks: "form.lacking_note",
};

/** @param {Blocker} blocker */
function lack({ code }) {
  const quiet = preferences.value.discreet ? QUIET[code] : undefined;
  return say(quiet ?? `check.lacks_${code}`);
}
