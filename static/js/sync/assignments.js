/** @import {AssignmentsOut, CachedRow, Rubric} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { assignmentsOf, keepAssignments } from "../store/fetched.js";
import { keepRubric, rubricsHere } from "../store/rubrics.js";
import { ask } from "./api.js";

/** @typedef {"idle" | "loading" | "failed"} Fetching */

export const assignments = signal(/** @type {CachedRow<AssignmentsOut> | null} */ (null));
export const rubricsReady = signal(/** @type {ReadonlySet<string>} */ (new Set()));
export const fetching = signal(/** @type {Fetching} */ ("idle"));

/**
 * What this phone remembers of an account's assignments.
 * @param {string} account
 */
export async function recallAssignments(account) {
  assignments.value = (await assignmentsOf(account)) ?? null;
  rubricsReady.value = await rubricsHere();
}

/**
 * Fetches the assignments and every rubric they pin, so that all of them can be done without a network.
 * @param {string} account
 */
export function refreshAssignments(account) {
  underway ??= refresh(account).finally(() => {
    underway = null;
  });
  return underway;
}

/** @type {Promise<void> | null} */
let underway = null;

/** @param {string} account */
async function refresh(account) {
  fetching.value = "loading";
  try {
    const { data } = await ask("GET", "/api/assignments");
    const row = {
      account,
      fetched_at: new Date().toISOString(),
      data: /** @type {AssignmentsOut} */ (data),
    };
    await keepAssignments(row);
    assignments.value = row;
    await fetchRubrics(row.data);
    fetching.value = "idle";
  } catch (error) {
    fetching.value = "failed";
    throw error;
  }
}

/** @param {AssignmentsOut} listed */
async function fetchRubrics(listed) {
  const here = new Set(await rubricsHere());
  const wanted = new Set(listed.assignments.map((assignment) => assignment.rubric.digest));
  for (const digest of wanted) {
    if (here.has(digest)) continue;
    const { data } = await ask("GET", `/api/rubrics/${digest}`);
    await keepRubric(digest, /** @type {Rubric} */ (data));
    here.add(digest);
    rubricsReady.value = new Set(here);
  }
  rubricsReady.value = here;
}
