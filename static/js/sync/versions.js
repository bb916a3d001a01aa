/** @import {DraftDocument, ListedCopy, OtherVersion, Rubric} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { documentOf, othersIn } from "../store/draft_copies.js";
import { rubricOf } from "../store/rubrics.js";
import { needRubric } from "./assignments.js";
import { copies, here } from "./copy_states.js";
import { documentAtServer, refreshDrafts } from "./server_drafts.js";

/** A version of a visit: whose, from when, and whether it stepped back on this phone.
 * @typedef {{key: string, device: string, at: string, document: DraftDocument, parked: boolean}} Version
 */

/** The version of this phone beside all others; `unread`: there may be more than could be read.
 * @typedef {{visit: string, state: "loading" | "here" | "failed", rubric: Rubric | null, own: DraftDocument | null, others: Version[], unread: boolean}} Versions
 */

/** @type {Versions} */
const NONE = {
  visit: "",
  state: "loading",
  rubric: null,
  own: null,
  others: [],
  unread: false,
};

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
  const failed = { ...NONE, visit, state: /** @type {const} */ ("failed") };
  const found = await read(account, visit).catch(() => failed);
  if (versions.peek().visit === visit) versions.value = found;
}

/**
 * @param {string} account
 * @param {string} visit
 * @returns {Promise<Versions>}
 */
async function read(account, visit) {
  const own = (await documentOf(account, visit)) ?? null;
  const parked = (await othersIn(copies.peek().get(visit))).map(asVersion);
  const { found, unread } = await elsewhere(account, visit);
  const others = [...parked, ...found];
  const first = own ?? others[0]?.document;
  if (!first) throw new Error("no version anywhere");
  await needRubric(first.visit.rubric).catch(() => undefined);
  const rubric = (await rubricOf(first.visit.rubric)) ?? null;
  return { visit, state: "here", rubric, own, others, unread };
}

/**
 * @param {OtherVersion} other
 * @returns {Version}
 */
function asVersion({ device, kept_at, document }) {
  return { key: kept_at, device, at: document.visit.changed_at, document, parked: true };
}

/**
 * What other devices sent, as far as it can be read; without a network only what lies here is shown.
 * @param {string} account
 * @param {string} visit
 */
async function elsewhere(account, visit) {
  const listed = await refreshDrafts(account).catch(() => null);
  const draft = listed?.find((one) => one.visit === visit);
  const away = (draft?.copies ?? []).filter((copy) => copy.device !== here.peek());
  const asked = await Promise.allSettled(away.map((copy) => fetched(account, visit, copy)));
  const found = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  return { found, unread: !listed || found.length < away.length };
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
