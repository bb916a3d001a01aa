/** @import {LineDraft, SendingRow} from "../types.js" */
import { bodyOf, filesOf } from "../model/line_draft.js";
import { freezeDraft, thawDraft } from "../store/line_drafts.js";
import { clockOffset } from "./clock.js";
import { frozen } from "./freezing.js";
import { deskSettled, forgetDraft, lineDrafts, recallDrafts } from "./line_desk.js";
import { once } from "./once.js";
import { flushSendings, recallSendings } from "./sendings.js";

/**
 * Freezes a draft and sends it, once however often it is tapped. Throws where not everything entered is in the
 * database yet: then nothing is sent.
 * @param {LineDraft} draft
 * @param {string} title what the list of what is on its way calls it
 */
export function sendDraft(draft, title) {
  return once(`drafts/${draft.id}`, () => freeze(draft, title));
}

/**
 * @param {LineDraft} draft
 * @param {string} title
 */
async function freeze(draft, title) {
  // A second tap may come from a screen drawn before the first one was done.
  if (!lineDrafts.peek().some(({ id }) => id === draft.id)) return;
  if (!(await deskSettled())) throw new Error("not saved");
  const { account, notice, line, kind } = draft;
  const facts = { account, notice, line, kind, title, photos: filesOf(draft), draft };
  const about = draft.appeal ? { appeal: draft.appeal } : {};
  const row = await frozen({ ...facts, ...about }, bodyOf(draft, clockOffset()));
  await freezeDraft(draft, row);
  forgetDraft(draft);
  await recallSendings(account);
  void flushSendings();
}

/**
 * Opens again what the server would not take, to be put right and sent anew.
 * @param {SendingRow} row
 */
export async function takeUpAgain(row) {
  if (!row.draft) return;
  await thawDraft(row, row.draft);
  await Promise.all([recallSendings(row.account), recallDrafts(row.account)]);
}
