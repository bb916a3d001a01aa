import assert from "node:assert/strict";
import { test } from "node:test";
import { createEditor } from "../../static/desk/rubric/editor.js";
import * as keeping from "../../static/desk/rubric/model/keeping.js";
import { keepSaving } from "../../static/desk/rubric/saving.js";
import { NOON } from "./makers.js";
import { card } from "./rubric_drafts.js";

/** @import {Report} from "../../static/desk/rubric/types.js" */

/** @param {Partial<Report>} [said] @returns {Report} */
const report = (said = {}) => ({
  document: card(),
  seen: 3,
  faults: [],
  changed_at: NOON,
  changed_by: "",
  changed_by_you: true,
  ...said,
});
const FULL = ["sections", 0, "items", 0, "full"];
const nowhere = { read: () => null, keep: () => true, forget: () => undefined };

/** A server that says yes to everything. @param {number} seen */
const server = (seen) => ({
  read: () => Promise.reject(new Error("nobody asks")),
  keep: () => Promise.resolve({ kind: /** @type {const} */ ("done"), body: { seen, faults: [] } }),
});

test("an answer that got lost is no conflict with oneself", () => {
  const sent = { ...card(), edition: "2027" };
  const now = { ...card(), edition: "2027a" };
  const { kept } = keeping.takenUp(report(), null);
  const waiting = { ...keeping.changedHere(kept, now), sent };
  const mine = keeping.overtaken(waiting, report({ seen: 4, document: sent }), now);
  assert.deepEqual([mine.state, mine.seen, mine.base], ["changed", 4, sent]);
  const again = keeping.takenUp(report({ seen: 4, document: sent }), {
    ...{ seen: 3, document: now, at: NOON, sent },
  });
  assert.deepEqual([again.kept.state, again.kept.seen, again.document], ["changed", 4, now]);
});

test("what another window saved is followed, stood beside, or waited for", () => {
  const { kept } = keeping.takenUp(report(), null);
  const saved = report({ seen: 4, document: { ...card(), edition: "there" } });
  const mine = { ...card(), edition: "here" };
  const followed = keeping.heard(kept, saved, card());
  assert.deepEqual([followed.kept.state, followed.kept.seen], ["saved", 4]);
  assert.equal(followed.document, saved.document);
  assert.deepEqual(keeping.heard(kept, report(), mine), { kept, document: mine });
  const beside = keeping.heard(keeping.changedHere(kept, mine), saved, mine);
  assert.deepEqual([beside.kept.state, beside.document], ["conflict", mine]);
  const later = report({ seen: 5, document: mine });
  assert.equal(keeping.heard(beside.kept, later, mine).kept.state, "saved");
  const saving = { ...kept, state: /** @type {const} */ ("saving") };
  assert.equal(keeping.heard(saving, saved, mine).kept, saving);
});

test("two windows of one person keep in step, and a decision in one is the end of it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {((report: Report) => void)[]} */
  const ears = [];
  const line = (/** @type {number} */ own) => ({
    tell: (/** @type {Report} */ saved) => ears.forEach((hear, at) => at !== own && hear(saved)),
    listen: (/** @type {(report: Report) => void} */ hear) => void (ears[own] = hear),
  });
  const [first, second] = [0, 1].map(() => createEditor("one", report(), null));
  assert.ok(first && second);
  const one = keepSaving(first, server(4), nowhere, line(0));
  const two = keepSaving(second, server(5), nowhere, line(1));
  first.change(FULL, "16");
  await one.now();
  assert.equal(second.draft.value, first.draft.value);
  second.change(FULL, "17");
  assert.equal(second.kept.value.seen, 4);
  await two.now();
  assert.deepEqual([second.kept.value.state, second.kept.value.seen], ["saved", 5]);
  assert.deepEqual([first.kept.value.state, first.kept.value.seen], ["saved", 5]);
  assert.equal(first.draft.value, second.draft.value);
  assert.ok(first.undo());
});
