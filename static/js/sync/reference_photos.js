/** @import {AssignmentsOut} from "../types.js" */
import { rubricOf } from "../store/rubrics.js";

/** Where the worker looks for them when there is no network; it goes with everything else at sign-out. */
const CACHE = "mingcha-references";

/**
 * Fetches the photos that show how it should look, for every rubric of the list, and those stores answered with where
 * somebody looks again; those nothing names any more go.
 * One that does not come now comes with the next refresh.
 * @param {Pick<AssignmentsOut, "assignments">} listed
 */
export async function fetchThem({ assignments }) {
  if (!globalThis.caches) return;
  const cache = await caches.open(CACHE);
  const wanted = new Set([
    ...(await addressesOf(new Set(assignments.map(({ rubric }) => rubric.digest)))),
    ...assignments.flatMap(({ lines = [] }) => lines.flatMap(({ reply }) => reply?.photos ?? [])),
  ]);
  const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(kept.filter((at) => !wanted.has(at)).map((at) => cache.delete(at)));
  for (const at of wanted) if (!kept.includes(at)) await cache.add(at).catch(() => undefined);
}

/**
 * @param {ReadonlySet<string>} digests
 * @returns {Promise<ReadonlySet<string>>}
 */
async function addressesOf(digests) {
  const rubrics = await Promise.all([...digests].map(rubricOf));
  const items = rubrics.flatMap(
    (rubric) => rubric?.sections.flatMap((section) => section.items) ?? [],
  );
  return new Set(
    items.flatMap(({ photos }) => (photos ?? []).map((sha256) => `/api/rubric-photos/${sha256}`)),
  );
}
