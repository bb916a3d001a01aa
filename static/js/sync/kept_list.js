/** @import {CachedRow} from "../types.js" */
/** @import {Fetching} from "./assignments.js" */
import { signal } from "../../vendor/signals-core.js";
import { factOf, keepFact } from "../store/facts.js";
import { Unreachable, ask } from "./api.js";
import { isStill } from "./session.js";

/**
 * @template T
 * @typedef {CachedRow<T[]> & {etag: string}} Kept
 */

const NOTHING = { etag: "", data: [] };

/**
 * A list of the server's that is kept on the phone, sealed, to be read without a network.
 * @template T
 * @param {string} name what the answer calls the list, and the phone its copy
 * @param {string} path
 */
export function keptList(name, path) {
  const list = signal(/** @type {Kept<T> | null} */ (null));
  const fetching = signal(/** @type {Fetching} */ ("idle"));

  /** @param {string} account */
  async function recall(account) {
    const kept = /** @type {Kept<T> | undefined} */ (await factOf(account, name));
    // What was fetched while this was read is newer.
    if (list.peek()?.account !== account) list.value = kept ?? null;
  }

  /** @param {string} account */
  async function refresh(account) {
    fetching.value = "loading";
    try {
      await keep(account, await fetched(account));
      fetching.value = "idle";
    } catch (error) {
      fetching.value = "failed";
      throw error;
    }
  }

  /** @param {string} account @returns {Promise<Kept<T>>} */
  async function fetched(account) {
    const now = list.peek();
    const known = now?.account === account ? now : NOTHING;
    const headers = known.etag ? { headers: { "if-none-match": known.etag } } : {};
    const reply = await ask("GET", path, headers);
    if (!isStill(account)) throw new Unreachable("another person");
    const data = /** @type {T[]} */ (reply.status === 304 ? known.data : listIn(reply.data, name));
    const etag = reply.headers.get("etag") ?? known.etag;
    return { account, fetched_at: new Date().toISOString(), data, etag };
  }

  /** @param {string} account @param {Kept<T>} row */
  async function keep(account, row) {
    await keepFact(account, name, row);
    list.value = row;
  }

  return { list, fetching, recall, refresh, keep };
}

/**
 * @param {unknown} said
 * @param {string} name
 */
function listIn(said, name) {
  const listed = /** @type {Record<string, unknown> | null} */ (said)?.[name];
  if (!Array.isArray(listed)) throw new Unreachable("no list");
  return listed;
}
