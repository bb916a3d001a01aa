/** @import {CachedRow, NoticeRow, StoreNotice, StoreNoticeListed} from "../types.js" */
/** @import {Fetching} from "./assignments.js" */
import { signal } from "../../vendor/signals-core.js";
import { worthKeeping } from "../model/store_notice.js";
import { factOf, keepFact } from "../store/facts.js";
import {
  dropRows,
  keepPicture,
  keepRow,
  pictureOf,
  picturesHere,
  rowsOf,
} from "../store/sealed_rows.js";
import { Refused, Unreachable, ask, fetchBytes } from "./api.js";
import { isStill } from "./session.js";

/** The store's notices as the server last listed them, latest first. */
export const notices = signal(/** @type {CachedRow<StoreNoticeListed[]> | null} */ (null));

/** Those that are on this phone whole, by id. */
export const noticesHere = signal(/** @type {ReadonlyMap<string, NoticeRow>} */ (new Map()));

export const noticesFetching = signal(/** @type {Fetching} */ ("idle"));

const LIST = "store-notices";

/** Notices that are over are kept too, as far as anybody looks back. */
const FEW = 12;

/** @typedef {CachedRow<StoreNoticeListed[]> & {etag: string}} Kept */

/** @type {Kept | undefined} */
let kept;

/** @param {string} account */
export async function recallNotices(account) {
  kept = /** @type {Kept | undefined} */ (await factOf(account, LIST));
  notices.value = kept ?? null;
  const rows = /** @type {NoticeRow[]} */ (await rowsOf("notices", account));
  noticesHere.value = new Map(rows.map((row) => [row.notice.id, row]));
}

/** @type {Promise<void> | null} */
let underway = null;
/** Who asked last, until that is begun. */
let wanted = "";

/**
 * Fetches what changed, and everything of it a store may want to read without a network. A call during a fetch makes
 * it fetch once more: what is under way may have been asked before that what the call is about.
 * @param {string} account
 */
export function refreshNotices(account) {
  wanted = account;
  underway ??= refreshAll().finally(() => {
    underway = null;
  });
  return underway;
}

async function refreshAll() {
  while (wanted) {
    const account = wanted;
    wanted = "";
    await refresh(account).catch((error) => {
      // Whoever asked meanwhile, perhaps as somebody else, is owed a fetch of their own.
      if (!wanted) throw error;
    });
  }
}

/** @param {string} account */
async function refresh(account) {
  noticesFetching.value = "loading";
  try {
    await fetchList(account);
    await fetchWhole(account);
    noticesFetching.value = "idle";
  } catch (error) {
    noticesFetching.value = "failed";
    throw error;
  }
  pictures = pictures.then(() => fetchPictures(account)).catch(() => undefined);
}

/** Pictures are fetched beside: nobody who waits for the notices waits for these. */
let pictures = Promise.resolve();

/** Resolves when what is under way of the pictures has come, or could not be fetched. */
export function picturesFetched() {
  return pictures;
}

/** @param {string} account */
async function fetchList(account) {
  const known = kept?.account === account ? kept : undefined;
  /** @type {Record<string, string>} */
  const headers = known ? { "if-none-match": known.etag } : {};
  const reply = await ask("GET", `/api/${LIST}`, { headers });
  if (!isStill(account)) throw new Unreachable("another person");
  const data = listIn(reply, known);
  const etag = reply.headers.get("etag") ?? known?.etag ?? "";
  kept = { account, fetched_at: new Date().toISOString(), data, etag };
  await keepFact(account, LIST, kept);
  notices.value = kept;
}

/**
 * @param {import("./api.js").Reply} reply
 * @param {Kept | undefined} known
 * @returns {StoreNoticeListed[]}
 */
function listIn({ status, data }, known) {
  const said = /** @type {{notices?: unknown} | null} */ (data)?.notices;
  const listed = status === 304 ? known?.data : said;
  if (!Array.isArray(listed)) throw new Unreachable("no list");
  return listed;
}

/** @param {string} account */
async function fetchWhole(account) {
  const listed = notices.peek()?.data ?? [];
  for (const { id, version } of worthKeeping(listed, FEW))
    if (noticesHere.peek().get(id)?.version !== version) await fetchOne(account, id, version);
  // What a store no longer has, a phone has no reason to have.
  const gone = [...noticesHere.peek().keys()].filter((id) => !listed.some((one) => one.id === id));
  if (!gone.length) return;
  await dropRows(
    "notices",
    gone.map((id) => rowId(account, id)),
  );
  noticesHere.value = new Map([...noticesHere.peek()].filter(([id]) => !gone.includes(id)));
}

/**
 * @param {string} account
 * @param {string} id
 * @param {string} version
 */
async function fetchOne(account, id, version) {
  const { data } = await ask("GET", `/api/${LIST}/${id}`);
  const notice = /** @type {StoreNotice} */ (data);
  if (notice?.id !== id || !Array.isArray(notice.lines)) throw new Unreachable("no notice");
  if (!isStill(account)) throw new Unreachable("another person");
  const row = { version, notice };
  await keepRow("notices", account, rowId(account, id), row);
  noticesHere.value = new Map(noticesHere.peek()).set(id, row);
}

/**
 * One notice that is looked at now: fetched where it is not here, or not as it is listed.
 * @param {string} account
 * @param {string} id
 */
export async function needNotice(account, id) {
  const listed = notices.peek()?.data.find((one) => one.id === id);
  const here = noticesHere.peek().get(id);
  if (here && here.version === listed?.version) return;
  await fetchOne(account, id, listed?.version ?? "");
}

/** @param {string} account */
async function fetchPictures(account) {
  const here = await picturesHere(account);
  for (const { notice } of noticesHere.peek().values())
    for (const name of picturesIn(notice))
      if (!here.has(rowId(account, `${notice.id}/${name}`)))
        await fetchPicture(account, notice.id, name);
}

/** @param {StoreNotice} notice */
function picturesIn({ lines }) {
  return lines.flatMap(({ no, photos }) => photos.map(({ k }) => `${no}-${k}`));
}

/**
 * @param {string} account
 * @param {string} notice
 * @param {string} name
 */
async function fetchPicture(account, notice, name) {
  try {
    const { bytes } = await fetchBytes(`/notices/${notice}/photos/${name}.jpg`);
    if (isStill(account)) await keepPicture(account, rowId(account, `${notice}/${name}`), bytes);
    return bytes;
  } catch (error) {
    // One that is no more keeps no other from being fetched.
    if (!(error instanceof Refused)) throw error;
    return undefined;
  }
}

/**
 * A photo of a line, from this phone or, the first time, from the server.
 * @param {string} account
 * @param {string} notice
 * @param {number} no
 * @param {number} k
 */
export async function linePicture(account, notice, no, k) {
  const name = `${no}-${k}`;
  const here = await pictureOf(rowId(account, `${notice}/${name}`));
  return here ?? fetchPicture(account, notice, name);
}

/** Two people of one store may use one phone. @param {string} account @param {string} id */
function rowId(account, id) {
  return `${account}/${id}`;
}
