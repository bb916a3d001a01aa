import { dropPixels, withPixels } from "../store/room.js";
import { ask } from "./api.js";
import { uploads } from "./uploads.js";

/** Photos that were delivered and whose pixels still lie on this phone too. */
export function delivered() {
  const here = [...uploads.peek().values()].filter((row) => row.state === "here");
  return withPixels(here.map((row) => row.sha256));
}

/**
 * Frees the pixels of delivered photos, each only after the server said once more that it has it whole.
 * Returns how many; throws `Unreachable` without a line.
 */
export async function freeDelivered() {
  /** @type {string[]} */
  const sure = [];
  for (const sha256 of await delivered()) if (await isWholeThere(sha256)) sure.push(sha256);
  await dropPixels(sure);
  return sure.length;
}

/** @param {string} sha256 */
async function isWholeThere(sha256) {
  const { status, headers } = await ask("HEAD", `/api/photos/${sha256}`);
  return status === 200 && headers.get("upload-complete") === "?1";
}
