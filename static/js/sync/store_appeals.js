/** @import {StoreAppeal} from "../types.js" */
import { keepPicture, pictureOf } from "../store/sealed_rows.js";
import { fetchBytes } from "./api.js";
import { keptList } from "./kept_list.js";
import { isStill } from "./session.js";

/** The store's own appeals with what was said about them, latest first. */
export const {
  list: appeals,
  fetching: appealsFetching,
  recall: recallAppeals,
  refresh: refreshAppeals,
} = /** @type {ReturnType<typeof keptList<StoreAppeal>>} */ (
  keptList("appeals", "/api/store-appeals")
);

/**
 * A photo of an appeal, small; from this phone or, the first time, from the server.
 * @param {string} account
 * @param {string} appeal
 * @param {number} k
 */
export async function appealPicture(account, appeal, k) {
  const id = `${account}/appeals/${appeal}/${k}`;
  const here = await pictureOf(id);
  if (here) return here;
  const { bytes } = await fetchBytes(`/appeals/${appeal}/photos/${k}.jpg?size=thumb`);
  if (isStill(account)) await keepPicture(account, id, bytes);
  return bytes;
}
