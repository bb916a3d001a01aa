import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { deleteDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { keepRubric } from "../../static/js/store/rubrics.js";
import { fetchThem } from "../../static/js/sync/reference_photos.js";
import { KC, assignment } from "./makers.js";

/** @type {Map<string, boolean>} */
const kept = new Map();
/** Addresses that do not come. @type {Set<string>} */
const lost = new Set();

const HOST = "http://phone.test";
const cache = {
  keys: () => Promise.resolve([...kept.keys()].map((path) => ({ url: HOST + path }))),
  delete: (/** @type {string} */ path) => Promise.resolve(kept.delete(path)),
  add: (/** @type {string} */ path) =>
    lost.has(path) ? Promise.reject(new Error("offline")) : Promise.resolve(kept.set(path, true)),
};

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  kept.clear();
  lost.clear();
  Object.assign(globalThis, { caches: { open: () => Promise.resolve(cache) } });
});

/** A rubric whose first item shows these photos. @param {string[]} photos */
function shown(photos) {
  const [first, ...rest] = KC.sections;
  assert.ok(first);
  const [item, ...others] = first.items;
  assert.ok(item);
  return { ...KC, sections: [{ ...first, items: [{ ...item, photos }, ...others] }, ...rest] };
}

test("the photos of the listed rubrics are fetched once, and those nobody names go", async () => {
  const listed = { assignments: [assignment()] };
  const { digest } = assignment().rubric;
  await keepRubric(digest, shown(["aa", "bb"]));
  lost.add("/api/rubric-photos/bb");
  await fetchThem(listed);
  assert.deepEqual([...kept.keys()], ["/api/rubric-photos/aa"]);
  lost.clear();
  await fetchThem(listed);
  assert.deepEqual([...kept.keys()], ["/api/rubric-photos/aa", "/api/rubric-photos/bb"]);
  await keepRubric(digest, shown(["bb"]));
  await fetchThem(listed);
  assert.deepEqual([...kept.keys()], ["/api/rubric-photos/bb"]);
  await fetchThem({ assignments: [] });
  assert.equal(kept.size, 0);
});

test("a browser without such a place goes on without", async () => {
  Object.assign(globalThis, { caches: undefined });
  await fetchThem({ assignments: [assignment()] });
  assert.equal(kept.size, 0);
});
