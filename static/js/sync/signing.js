/** @import {Signature, StoreNotice} from "../types.js" */
import { keepRow } from "../store/sealed_rows.js";
import { clockOffset } from "./clock.js";
import { frozen } from "./freezing.js";
import { once } from "./once.js";
import { flushSendings, recallSendings, sendings } from "./sendings.js";

/**
 * Signs for a notice: kept on this phone first, sent as soon as there is a network. Signing twice is signing once.
 * @param {string} account
 * @param {Pick<StoreNotice, "id" | "number">} notice
 */
export function signFor(account, notice) {
  return once(`receipts/${notice.id}`, () => sign(account, notice));
}

/**
 * @param {string} account
 * @param {Pick<StoreNotice, "id" | "number">} notice
 */
async function sign(account, { id, number }) {
  if (isSigning(id)) return;
  /** @type {Signature} */
  const said = {
    format: 1,
    kind: "signed",
    tapped_at: new Date().toISOString(),
    clock_offset_ms: clockOffset(),
  };
  const facts = { account, notice: id, line: 0, title: number, photos: [] };
  const row = await frozen({ ...facts, kind: /** @type {const} */ ("receipt") }, said);
  await keepRow("sendings", account, row.id, row);
  await recallSendings(account);
  void flushSendings();
}

/**
 * Whether a signature for a notice is on its way, or has arrived.
 * @param {string} notice
 */
export function isSigning(notice) {
  return sendings.value.some(
    (row) => row.kind === "receipt" && row.notice === notice && row.state !== "stopped",
  );
}
