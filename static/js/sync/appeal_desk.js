/** @import {LineDraft, SendingRow, StoreAppeal, WithdrawalSent} from "../types.js" */
import { emptyDraft } from "../model/line_draft.js";
import { dropPhotos } from "../store/line_drafts.js";
import { dropRows, keepRow } from "../store/sealed_rows.js";
import { frozen } from "./freezing.js";
import { lineDrafts } from "./line_desk.js";
import { once } from "./once.js";
import { flushSendings, recallSendings, toldOf } from "./sendings.js";

/** @typedef {Pick<StoreAppeal, "id" | "notice" | "line" | "number" | "version">} Taken */

/**
 * What was said about an appeal and is not among what was fetched of it, oldest first.
 * @param {string} appeal
 */
export function appealSendings(appeal) {
  return toldOf.value.filter((row) => row.appeal === appeal);
}

/**
 * What is being added to an appeal; nothing yet: an empty one.
 * @param {string} account
 * @param {StoreAppeal} appeal
 * @returns {LineDraft}
 */
export function messageFor(account, { id: appeal, notice, line, files }) {
  const id = `${account}/${notice}/${line}/message/${appeal}`;
  const known = lineDrafts.value.find((one) => one.id === id);
  const of = { id, account, notice, line, kind: /** @type {const} */ ("message"), appeal };
  return { ...(known ?? emptyDraft(of)), beside: files.length };
}

/**
 * The name under which one window writes about an appeal.
 * @param {string} appeal
 */
export function appealHold(appeal) {
  return `appeals/${appeal}`;
}

/**
 * Takes an appeal back: kept on this phone first, sent as soon as there is a network. Twice is once.
 * @param {string} account
 * @param {Taken} appeal
 */
export function takeBack(account, appeal) {
  return once(`withdrawals/${appeal.id}`, () => withdraw(account, appeal));
}

/**
 * @param {string} account
 * @param {Taken} appeal
 */
async function withdraw(account, { id, notice, line, number, version }) {
  if (appealSendings(id).some(({ kind }) => kind === "withdrawal")) return;
  /** @type {WithdrawalSent} */
  const said = { format: 1, appeal: id, seen: version };
  const kind = /** @type {const} */ ("withdrawal");
  const row = await frozen(
    { account, notice, line, kind, title: number, photos: [], appeal: id },
    said,
  );
  await keepRow("sendings", account, row.id, row);
  await recallSendings(account);
  void flushSendings();
}

/**
 * Lets go of what the server would not take and nobody will send again, with the files only it names.
 * @param {SendingRow} row
 */
export async function letBe(row) {
  if (row.state !== "stopped") return;
  await dropRows("sendings", [row.id]);
  await dropPhotos(row.account, row.photos);
  await recallSendings(row.account);
}
