/** @import {Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { LONGEST } from "../../model/capture.js";
import { progressOf } from "../../model/progress.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { island } from "../../ui/island.js";
import { measured } from "../../ui/measured.js";
import { hide, show } from "../../ui/overlay.js";
import { formAt } from "../../ui/route.js";
import { styled } from "../../ui/styled.js";
import { say, text } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";
import { passRest, restOf } from "../answers/bulk_pass.js";
import { note } from "./making.js";
import { captureLog } from "./log.js";
import { captureTools } from "./tools.js";
import { captures } from "./shelf.js";
import { photoFaults } from "../photos/faults.js";
import { checkInCard } from "../presence/check_in.js";
import { laidOpen } from "../drafts/laid_open.js";

void styled("capture");

/** The section one is noting for; nothing chosen yet: none. */
const current = signal("");

/** Facts only, one thumb, dim: what is seen in the store is written down here and judged outside. */
export function captureScreen() {
  return laidOpen(noting);
}

/** @param {OpenDraft} draft */
function noting(draft) {
  const { id, at } = draft.visit.peek();
  const back = formAt(id, at?.section ?? "");
  const toForm = html`<a class="btn btn--q btn--sm" href=${back}>${say("cap.to_form")}</a>`;
  return html`${backHead({ title: say("cap.title"), back, control: toForm })}
    <main class="m-body capture" id="main">
      <div ${island(alarm)}></div>
      <div ${island(() => checkInCard(draft))}></div>
      <div ${island(() => captureLog(draft))}></div>
      <p class="faint fs13 c capture__hint">${say("cap.hint")}</p>
    </main>
    <footer class="m-foot capture__f" ${measured("--capture-foot")}>
      <div ${island(() => photoFaults(draft, ""))}></div>
      <div ${island(() => tiles(draft))}></div>
      <div ${island(() => captureTools(draft, current.value, () => write(draft)))}></div>
    </footer>`;
}

/** @param {OpenDraft} draft */
function tiles(draft) {
  const { sections } = draft.rubric;
  const chosen = sections.find((section) => section.key === current.value);
  return html`<div class="tiles" role="group" aria-label=${say("cap.filed")}>
    ${sections.map((section) => tile(draft, section))} ${chosen ? allRight(draft, chosen) : nothing}
  </div>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 */
function tile(draft, section) {
  const on = current.value === section.key;
  const choose = () => {
    current.value = on ? "" : section.key;
  };
  return html`<button class="tile" aria-pressed=${on} title=${text(section.title)} @click=${choose}>
    ${text(section.short)}<small>${standing(draft, section)}</small>
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 */
function standing(draft, section) {
  const n = captures(draft).filter((one) => one.section === section.key).length;
  if (n) return say("cap.section_n", { n });
  const { answered, of } = progressOf(section, draft.card.value);
  return of && answered === of ? say("cap.section_ok") : "—";
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 */
function allRight(draft, section) {
  return html`<button
    class="tile tile--act"
    ?disabled=${restOf(draft, section).length === 0}
    @click=${() => passRest(draft, section)}
  >
    ${icon("check2")}<small>${say("cap.all_ok")}</small>
  </button>`;
}

/** Notes begun and not yet kept, by visit: closing the sheet by accident loses no word.
 * @type {Map<string, string>}
 */
const begun = new Map();

/** @param {OpenDraft} draft */
function write(draft) {
  const { id } = draft.visit.peek();
  const words = () => begun.get(id) ?? "";
  const keepIt = () => {
    // What there is no room for stays on the sheet.
    if (words().trim() && !note(draft, current.peek(), words())) return;
    begun.delete(id);
    hide();
  };
  show({
    kind: "sheet",
    title: say("cap.write"),
    close: say("common.cancel"),
    body: () =>
      html`<div class="stack">
        <label class="field"
          ><span>${say("cap.note_label")}</span
          ><textarea
            class="input"
            rows="3"
            maxlength=${LONGEST}
            autofocus
            .value=${words()}
            @input=${(/** @type {Event} */ event) => {
              begun.set(id, /** @type {HTMLTextAreaElement} */ (event.target).value);
            }}
          ></textarea>
        </label>
        <button class="btn btn--p btn--lg btn--b" @click=${keepIt}>${say("cap.keep")}</button>
      </div>`,
  });
}
