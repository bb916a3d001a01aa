import { html } from "../../../vendor/lit-html.js";
import { discardVisit } from "../../store/visits.js";
import { discardCopy } from "../../sync/draft_copies.js";
import { icon } from "../../ui/icon.js";
import { question } from "../../ui/question.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { clearDesk } from "../drafts/desk.js";
import { drafts, recallVisits } from "../drafts/drafts.js";

/** Every draft on this phone, with the way to throw it away. */
export function draftCells() {
  const open = [...drafts.value.values()];
  if (!open.length) return html`<div class="cell faint fs14">${say("me.no_drafts")}</div>`;
  return open.map(
    ({ visit, answered, of, photos }) =>
      html`<div class="cell">
        <span class="grow"
          >${visit.store.name}<small class="num"
            >${say("me.draft", { n: answered, m: of, p: photos })}</small
          ></span
        >
        <button
          class="ib"
          aria-label=${say("me.delete", { x: visit.store.name })}
          @click=${() => askToDelete(visit.id, visit.account, answered, photos, visit.attempt)}
        >
          ${icon("trash")}
        </button>
      </div>`,
  );
}

/**
 * @param {string} id
 * @param {string} who
 * @param {number} answered
 * @param {number} photos
 * @param {number} attempt
 */
function askToDelete(id, who, answered, photos, attempt) {
  if (attempt > 1) return toast({ icon: "info", message: say("me.delete_returned") });
  const remove = async () => {
    await discardVisit(id);
    await discardCopy(who, id);
    clearDesk();
    await recallVisits(who);
  };
  question({
    title: say("me.delete_q"),
    help: say("me.delete_help", { n: answered, p: photos }),
    no: say("common.cancel"),
    yes: say("common.delete"),
    bad: true,
    onYes: () => void told(remove()),
  });
}
