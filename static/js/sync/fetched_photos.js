/** @import {PhotoRow} from "../types.js" */
import { keepFetched } from "../store/draft_copies.js";
import { fetchWhenAbsent } from "../store/pictures.js";
import { fetchBytes } from "./api.js";
import { sha256 as hashOf } from "./hashing.js";
import { account } from "./session.js";

/** Photos on their way, so that a picture shown twice is fetched once. @type {Map<string, Promise<PhotoRow | undefined>>} */
const underway = new Map();

/**
 * A photo of this person's that is not on this phone, from the server. The original is kept here again, once its
 * hash is right; where the server has only the copy reviewers see, that is shown and not kept.
 * @param {string} sha256
 */
export function fetchPhoto(sha256) {
  const going = underway.get(sha256) ?? fetched(sha256).finally(() => underway.delete(sha256));
  underway.set(sha256, going);
  return going;
}

/**
 * @param {string} sha256
 * @returns {Promise<PhotoRow | undefined>}
 */
async function fetched(sha256) {
  const id = account.peek()?.id;
  if (!id) return undefined;
  const { headers, bytes } = await fetchBytes(`/api/photos/${sha256}`);
  /** @type {PhotoRow} */
  const row = { format: 1, sha256, bytes, thumb: await thumbOf(bytes) };
  if ((await hashOf(bytes)) === sha256) await keepFetched(id, row);
  else if (headers.get("x-photo-copy") !== "evidence") return undefined;
  return row;
}

/**
 * A photo small; where this browser cannot make it so, as it is.
 * @param {ArrayBuffer} bytes
 */
export async function thumbOf(bytes) {
  try {
    const { shrunk } = await import("./shrink.js");
    return (await shrunk(new Blob([bytes]))).thumb;
  } catch {
    return bytes;
  }
}

fetchWhenAbsent(fetchPhoto);
