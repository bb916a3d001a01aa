/** @import {VisitDetail} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { visitAtServer } from "./history.js";

/** @typedef {{visit: string, state: "loading" | "here" | "failed", detail: VisitDetail | null}} Judged */

/** A visit as the server judged it. */
export const judged = signal(/** @type {Judged} */ ({ visit: "", state: "loading", detail: null }));

/**
 * Fetches what the server made of a visit. Nothing depends on it: the screen tells what the phone knows.
 * @param {string} visit
 */
export async function fetchResult(visit) {
  const known = judged.peek().visit === visit ? judged.peek().detail : null;
  judged.value = { visit, state: known ? "here" : "loading", detail: known };
  try {
    const detail = await visitAtServer(visit);
    if (judged.peek().visit === visit) judged.value = { visit, state: "here", detail };
  } catch {
    if (judged.peek().visit === visit && !known)
      judged.value = { visit, state: "failed", detail: null };
  }
}
