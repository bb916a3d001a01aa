/** @import {CachedRow, VisitDetail, VisitSummary} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { historyOf, keepHistory } from "../store/fetched.js";
import { Unreachable, ask } from "./api.js";

/** @import {Fetching} from "./assignments.js" */

export const history = signal(/** @type {CachedRow<VisitSummary[]> | null} */ (null));
export const historyFetching = signal(/** @type {Fetching} */ ("idle"));

/** @param {string} account */
export async function recallHistory(account) {
  history.value = (await historyOf(account)) ?? null;
}

/** @param {string} account */
export async function refreshHistory(account) {
  historyFetching.value = "loading";
  try {
    const { data } = await ask("GET", "/api/visits");
    const { visits } = /** @type {{visits: VisitSummary[]}} */ (data);
    if (!Array.isArray(visits)) throw new Unreachable("no list");
    const row = { account, fetched_at: new Date().toISOString(), data: visits };
    await keepHistory(row);
    history.value = row;
    historyFetching.value = "idle";
    return visits;
  } catch (error) {
    historyFetching.value = "failed";
    throw error;
  }
}

/**
 * One visit as the server judged it.
 * @param {string} id
 */
export async function visitAtServer(id) {
  const { data } = await ask("GET", `/api/visits/${id}`);
  return /** @type {VisitDetail} */ (data);
}
