/** @import {LineDraft, StoreAppeal} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { MOST_FILES, roomIn } from "../../model/line_draft.js";
import { appealHold, appealSendings, messageFor, takeBack } from "../../sync/appeal_desk.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { question } from "../../ui/question.js";
import { told } from "../../ui/told.js";
import { say, text } from "../../wording/say.js";
import { elsewhere, isElsewhere } from "../lines/elsewhere.js";
import { area, sendFoot } from "../lines/fields.js";
import { linePapers } from "../lines/papers.js";
import { linePhotos } from "../lines/photos.js";
import { waitingCard } from "../lines/waiting.js";

/**
 * What there is to do about an open appeal, and what was done and has not arrived.
 * @param {StoreAppeal} appeal
 * @returns {{body: unknown, foot: unknown}}
 */
export function deeds(appeal) {
  const sent = appealSendings(appeal.id);
  const waiting = sent.map(waitingCard);
  const over = sent.some(({ kind }) => kind === "withdrawal");
  if (!appeal.can_say || over) return { body: waiting, foot: nothing };
  const name = appealHold(appeal.id);
  if (isElsewhere(name)) return { body: html`${waiting} ${elsewhere(name)}`, foot: nothing };
  const draft = messageFor(account.value?.id ?? "", appeal);
  const title = `${appeal.number} · ${text(appeal.title)}`;
  const body = html`${waiting} ${composer(draft)} ${withdrawing(appeal)}`;
  return {
    body,
    foot: sendFoot(draft, { photoWanted: false, title, send: say("appeal.add_send") }),
  };
}

/** @param {LineDraft} draft */
function composer(draft) {
  return html`<h2 class="sect-t">
      ${say("appeal.add")}<span class="end">${say("appeal.files_help", { n: MOST_FILES })}</span>
    </h2>
    ${area(draft, "text", { label: say("appeal.add_text") })}
    ${linePhotos(draft, roomIn(draft) > 0 ? linePapers(draft) : {})}`;
}

/** @param {StoreAppeal} appeal */
function withdrawing(appeal) {
  if (!appeal.can_withdraw) return nothing;
  const ask = () =>
    question({
      title: say("appeal.withdraw_q"),
      help: say("appeal.withdraw_help"),
      no: say("common.cancel"),
      yes: say("appeal.withdraw"),
      bad: true,
      onYes: () => void told(takeBack(account.peek()?.id ?? "", appeal)),
    });
  return html`<button class="btn btn--b btn--dq" @click=${ask}>
    ${icon("undo")}${say("appeal.withdraw")}
  </button>`;
}
