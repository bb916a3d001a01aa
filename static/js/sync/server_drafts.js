/** @import {DraftDocument, ListedDraft} from "../types.js" */
import { Unreachable, ask, fetchBytes } from "./api.js";
import { copies, here, noteCopy } from "./copy_states.js";
import { sha256 } from "./hashing.js";

/**
 * Asks what the server keeps, and learns who goes on with what.
 * @param {string} account
 */
export async function refreshDrafts(account) {
  const { data } = await ask("GET", "/api/drafts");
  const listed = /** @type {{drafts?: ListedDraft[]} | null} */ (data)?.drafts;
  if (!Array.isArray(listed)) throw new Unreachable("no list");
  for (const draft of listed) await learnOwner(account, draft);
  return listed;
}

/**
 * @param {string} account
 * @param {ListedDraft} draft
 */
async function learnOwner(account, { visit, owner }) {
  const known = copies.peek().get(visit);
  if (known && known.owner !== owner)
    await noteCopy({ account, id: visit }, (row) => ({ ...row, owner }));
}

/**
 * A copy as its device sent it. What does not match its hash, or is another person's, counts as no answer.
 * @param {string} account
 * @param {string} visit
 * @param {string} device
 * @returns {Promise<DraftDocument>}
 */
export async function documentAtServer(account, visit, device) {
  const { headers, bytes } = await fetchBytes(`/api/drafts/${visit}/${encodeURIComponent(device)}`);
  if ((await sha256(bytes)) !== headers.get("x-content-sha256")) throw new Unreachable("damaged");
  const { document } = /** @type {{document: DraftDocument}} */ (
    JSON.parse(new TextDecoder().decode(bytes))
  );
  if (document.visit.id !== visit || document.visit.account !== account)
    throw new Unreachable("not this draft");
  return { ...document, captures: document.captures ?? [] };
}

/**
 * Lets this device go on with a draft. Whatever the others sent stays at the server.
 * @param {string} account
 * @param {string} visit
 */
export async function takeOver(account, visit) {
  const path = `/api/drafts/${visit}/owner`;
  const { data } = await ask("PUT", path, { json: { device: here.peek() } });
  const draft = /** @type {ListedDraft | null} */ (data);
  if (draft?.visit !== visit || draft.owner !== here.peek())
    throw new Unreachable("not taken over");
  await noteCopy({ account, id: visit }, (row) => ({ ...row, owner: draft.owner }));
}
