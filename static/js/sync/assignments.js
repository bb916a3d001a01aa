/** @import {AssignmentsOut, CachedRow, Rubric} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { assignmentsOf, keepAssignments } from "../store/fetched.js";
import { keepRubric, rubricOf, rubricsHere } from "../store/rubrics.js";
import { Unreachable, ask } from "./api.js";

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
    if (!Array.isArray(/** @type {Partial<AssignmentsOut>} */ (data).assignments))
      throw new Unreachable("no list");
    const row = {
      account,
      fetched_at: new Date().toISOString(),
      data: withLooks(/** @type {AssignmentsOut} */ (data)),
    };
    await keepAssignments(row);
    assignments.value = row;
    await fetchRubrics(row.data);
    void import("./reference_photos.js")
      .then((photos) => photos.fetchThem(row.data))
      .catch(() => 0);
    fetching.value = "idle";
  } catch (error) {
    fetching.value = "failed";
    throw error;
  }
}

/** Looks are done as visits are. @param {AssignmentsOut} data @returns {AssignmentsOut} */
function withLooks({ reinspections = [], ...data }) {
  return { ...data, assignments: [...reinspections, ...data.assignments] };
}

/** @param {AssignmentsOut} listed */
async function fetchRubrics(listed) {
  const here = new Set(await rubricsHere());
  const wanted = new Set(listed.assignments.map((assignment) => assignment.rubric.digest));
  for (const digest of wanted) {
    if (here.has(digest)) continue;
    await needRubric(digest);
    here.add(digest);
  }
  rubricsReady.value = here;
}

/** Rubrics on their way. @type {Map<string, Promise<void>>} */
const coming = new Map();

/**
 * Fetches a rubric version, unless it is here; whoever needs one on its way waits for that one.
 * @param {string} digest
 */
export function needRubric(digest) {
  const known = coming.get(digest);
  if (known) return known;
  const arriving = fetchRubric(digest).finally(() => coming.delete(digest));
  coming.set(digest, arriving);
  return arriving;
}

/** @param {string} digest */
async function fetchRubric(digest) {
  if (await rubricOf(digest)) return;
  const { data } = await ask("GET", `/api/rubrics/${digest}`);
  await keepRubric(digest, /** @type {Rubric} */ (data));
  rubricsReady.value = new Set([...rubricsReady.peek(), digest]);
}
