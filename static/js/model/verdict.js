/** @import {Problem} from "../types.js" */

/** Answers worth another try without a person. */
const PASSING = new Set([408, 425, 429]);

/** What befell the request on its way: the bytes here still match their hash. */
const ON_THE_WAY = new Set(["content.hash_mismatch", "request.cut_off", "request.forged"]);

/** Damaged on its way, or one too many of its kind: what the server has already may still go on. */
const OF_ONE = new Set([
  "content.hash_mismatch",
  "draft.too_many",
  "draft.too_many_devices",
  "parked.too_many",
  "photo.too_many",
]);

/**
 * What a refusal means for what was sent, be it a visit, a photo or a copy. One without a code is no answer.
 * @param {Problem} problem
 * @returns {"again" | "sign_in" | "stopped"}
 */
export function verdictOn({ status, code }) {
  if (status === 401) return "sign_in";
  if (status >= 500 || PASSING.has(status)) return "again";
  if (!code || ON_THE_WAY.has(code)) return "again";
  return "stopped";
}

/**
 * Whether the trouble is about what was sent and holds up nothing else: no session, no room or a busy server is
 * everybody's.
 * @param {Problem} problem
 */
export function isOfOne(problem) {
  const { status, code } = problem;
  return status === 500 || OF_ONE.has(code) || verdictOn(problem) === "stopped";
}
