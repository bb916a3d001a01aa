/** @import {ToldVerdict} from "../types.js" */
import { effect } from "../../vendor/signals-core.js";
import { keepPicture, pictureOf, picturesHere } from "../store/sealed_rows.js";
import { Refused, fetchBytes } from "./api.js";
import { account, isStill } from "./session.js";
import { noticesHere } from "./store_notices.js";

/**
 * The photos of looks at the store that its staff may see: kept with its notices, to be seen without a network. Those
 * of its own replies are kept once they were looked at.
 */

/**
 * A photo of a verdict, from this phone or, the first time, from the server.
 * @param {string} id the account
 * @param {ToldVerdict} verdict
 * @param {number} k
 */
export async function verdictPicture(id, verdict, k) {
  return keptPicture(id, pathOf(verdict, k));
}

/**
 * A photo by its address, from this phone or, the first time, from the server.
 * @param {string} id the account
 * @param {string} path
 */
export async function keptPicture(id, path) {
  return (await pictureOf(`${id}${path}`)) ?? fetchPicture(id, path);
}

/**
 * Fetches those that are not here yet.
 * @param {string} id the account
 */
export async function fetchVerdictPictures(id) {
  const wanted = [...noticesHere.peek().values()].flatMap(({ notice }) => pathsIn(notice.follow));
  if (!wanted.length) return;
  const here = await picturesHere(id);
  for (const path of wanted) if (!here.has(`${id}${path}`)) await fetchPicture(id, path);
}

/** @param {readonly {verdicts: ToldVerdict[]}[]} follow */
function pathsIn(follow) {
  return follow.flatMap(({ verdicts }) =>
    (verdicts ?? []).flatMap((verdict) => (verdict.photos ?? []).map((k) => pathOf(verdict, k))),
  );
}

/** @param {ToldVerdict} verdict @param {number} k */
function pathOf({ id }, k) {
  return `/verdicts/${id}/photos/${k}.jpg`;
}

/** @param {string} id @param {string} path */
async function fetchPicture(id, path) {
  try {
    const { bytes } = await fetchBytes(path);
    if (isStill(id)) await keepPicture(id, `${id}${path}`, bytes);
    return bytes;
  } catch (error) {
    // One that is no more keeps no other from being fetched.
    if (!(error instanceof Refused)) throw error;
    return undefined;
  }
}

/** @type {Promise<void>} */
let underway = Promise.resolve();

effect(() => {
  const id = account.peek()?.id;
  if (id && noticesHere.value.size)
    underway = underway.then(() => fetchVerdictPictures(id)).catch(() => undefined);
});
