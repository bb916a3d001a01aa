/** @import {SendingRow} from "../types.js" */
import { bytesOf } from "../model/bytes.js";
import { newId, sha256 } from "./hashing.js";

/** Where each kind goes, below its notice or its line. */
const WHERE = {
  receipt: "receipts",
  reply: "replies",
  extension: "extension-requests",
  appeal: "appeals",
  message: "appeal-messages",
  withdrawal: "appeal-withdrawals",
};

/**
 * Something said, as it will travel: named here, its bytes and their hash never to change again.
 * @param {Pick<SendingRow, "account" | "kind" | "notice" | "line" | "title" | "photos" | "draft" | "appeal">} facts
 * @param {unknown} said
 * @returns {Promise<SendingRow>}
 */
export async function frozen(facts, said) {
  const id = newId();
  const body = JSON.stringify(said);
  const about = facts.line ? `${facts.notice}/lines/${facts.line}` : facts.notice;
  return {
    format: 1,
    id,
    ...facts,
    path: `/api/store-notices/${about}/${WHERE[facts.kind]}/${id}`,
    body,
    content_hash: await sha256(bytesOf(body)),
    state: "waiting",
    frozen_at: new Date().toISOString(),
    tries: 0,
    problem: null,
    receipt: null,
  };
}
