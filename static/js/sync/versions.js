/** @import {DraftDocument, ListedCopy, OtherVersion, Rubric} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { documentOf, othersIn } from "../store/draft_copies.js";
import { rubricOf } from "../store/rubrics.js";
import { needRubric } from "./assignments.js";
import { copies, here, serverDrafts } from "./copy_states.js";
import { documentAtServer, refreshDrafts } from "./server_drafts.js";

/** A version of a visit: whose, from when, and whether it stepped back on this phone.
 * @typedef {{key: string, device: string, at: string, document: DraftDocument, parked: boolean}} Version
 */

/** The version of this phone beside all others.
 * @typedef {{visit: string, state: "loading" | "here" | "failed", rubric: Rubric | null, own: DraftDocument | null, others: Version[]}} Versions
 */

/** @type {Versions} */
const NONE = { visit: "", state: "loading", rubric: null, own: null, others: [] };

export const versions = signal(NONE);

export function forgetVersions() {
  versions.value = NONE;
}

/**
 * Reads every version of a visit there is, here and at the server.
 * @param {string} account
 * @param {string} visit
 */
export async function gatherVersions(account, visit) {
  versions.value = { ...NONE, visit };
  try {
    const found = await read(account, visit);
    if (versions.peek().visit === visit) versions.value = found;
  } catch {
    versions.value = { ...NONE, visit, state: "failed" };
  }
}

/**
 * @param {string} account
 * @param {string} visit
 * @returns {Promise<Versions>}
 */
async function read(account, visit) {
  const own = (await documentOf(account, visit)) ?? null;
  const parked = (await othersIn(copies.peek().get(visit))).map(asVersion);
  const others = [...parked, ...(await elsewhere(account, visit))];
  const first = own ?? others[0]?.document;
  if (!first) throw new Error("no version anywhere");
  await needRubric(first.visit.rubric);
  const rubric = (await rubricOf(first.visit.rubric)) ?? null;
  return { visit, state: "here", rubric, own, others };
}

/**
 * @param {OtherVersion} other
 * @returns {Version}
 */
function asVersion({ device, kept_at, document }) {
  return { key: kept_at, device, at: document.visit.changed_at, document, parked: true };
}

/**
 * What other devices sent. Without a network only what lies here is shown.
 * @param {string} account
 * @param {string} visit
 * @returns {Promise<Version[]>}
 */
async function elsewhere(account, visit) {
  await refreshDrafts(account).catch(() => undefined);
  const draft = serverDrafts.peek().find((one) => one.visit === visit);
  const away = (draft?.copies ?? []).filter((copy) => copy.device !== here.peek());
  return Promise.all(away.map((copy) => fetched(account, visit, copy)));
}

/**
 * @param {string} account
 * @param {string} visit
 * @param {ListedCopy} copy
 * @returns {Promise<Version>}
 */
async function fetched(account, visit, { device, changed_at }) {
  const document = await documentAtServer(account, visit, device);
  return { key: device, device, at: changed_at, document, parked: false };
}
