import assert from "node:assert/strict";
import { test } from "node:test";
import { choices, differences } from "../../static/desk/rubric/model/differences.js";
import { changed } from "../../static/desk/rubric/model/shaping.js";
import { card } from "./rubric_drafts.js";

/** @import {Doc} from "../../static/desk/rubric/types.js" */

const FULL = ["sections", 0, "items", 0, "full"];

test("two versions differ in single fields where both have them", () => {
  const mine = { ...card(), edition: "2027" };
  const theirs = { ...card(), sections: card().sections?.slice(0, 1) };
  assert.deepEqual(differences(card(), card()), []);
  const found = differences(mine, theirs).map(({ path }) => path.join("/"));
  assert.deepEqual(found, ["sections/1", "edition"]);
});

test("a section's sum is no choice of its own, unless it gives more on purpose", () => {
  const theirs = changed(card(), FULL, "16");
  const places = (/** @type {Doc} */ one, /** @type {Doc} */ other) =>
    choices(one, other).map(({ path }) => path.join("/"));
  assert.equal(differences(card(), theirs).length, 2);
  assert.deepEqual(places(card(), theirs), [FULL.join("/")]);
  const alone = structuredClone(card());
  Object.assign(alone.sections?.[0] ?? {}, { full: "99", over_allocated: true });
  assert.ok(places(card(), alone).includes("sections/0/full"));
});
