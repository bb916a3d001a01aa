import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { judged, toAnswer } from "../../static/js/model/answer_row.js";
import { lineOf, partOf } from "../../static/js/model/look.js";
import { progressOf } from "../../static/js/model/progress.js";
import { score } from "../../static/js/model/scoring.js";
import { taskKind } from "../../static/js/model/task_kind.js";
import { keepRubric } from "../../static/js/store/rubrics.js";
import { rubricFor } from "../../static/js/store/rubric_for.js";
import { sendCopies } from "../../static/js/sync/draft_copies.js";
import { newVisit } from "../../static/js/sync/visits.js";
import { keepVisit } from "../../static/js/store/visits.js";
import { DraftsServer } from "./drafts_double.js";
import { KC, LI, VISIT, assignment, row, visit } from "./makers.js";
import { anotherPhone, putAway } from "./other_phone.js";

const codes = KC.sections.flatMap(({ items }) => items.map(({ code }) => code));
const [first = "", , third = ""] = codes;
/** @param {string[]} items */
const line = (...items) => ({
  number: 1,
  items,
  problem: "",
  requirement: "",
  returned: "",
  reply: null,
});
const itemsIn = (/** @type {typeof KC | undefined} */ rubric) =>
  rubric?.sections.flatMap(({ items }) => items.map(({ code }) => code));

beforeEach(anotherPhone);
afterEach(putAway);

test("a look fills in the items of its lines and no others", async () => {
  const lines = [line(first), line(third)];
  assert.deepEqual(itemsIn(partOf(KC, lines)), [first, third]);
  const { digest } = assignment().rubric;
  await keepRubric(digest, KC);
  assert.deepEqual(itemsIn(await rubricFor({ rubric: digest, lines })), [first, third]);
  assert.deepEqual(itemsIn(await rubricFor({ rubric: digest })), codes);
  assert.equal(await rubricFor({ rubric: "0".repeat(64), lines }), undefined);
  assert.equal(lineOf(lines, third), lines[1]);
  assert.equal(lineOf(undefined, third), undefined);
});

test("what a look takes off is what its items take off, scaled up to no section and no card", () => {
  const scaling = { ...KC, na_method: /** @type {const} */ ("scale_section") };
  const [section] = scaling.sections;
  const [item] = section?.items ?? [];
  assert.ok(section && item && item.full < section.full);
  const part = partOf(scaling, [line(item.code)]);
  const lossOf = judged(row(item.code), "loss", item);
  const card = score(part, { items: [toAnswer(lossOf, item, [])] }, []);
  const lost = card.items[0]?.lost;
  assert.ok(lost);
  assert.deepEqual([card.lost, card.full], [lost, item.full]);
  const { lost: in_section, full } = progressOf(part.sections[0] ?? section, card);
  assert.deepEqual([in_section, full], [lost, item.full]);
});

test("a visit of a look knows its lines, and only such a visit", () => {
  const lines = [line(first)];
  assert.deepEqual(newVisit(LI.id, assignment({ lines }), VISIT).lines, lines);
  assert.equal("lines" in newVisit(LI.id, assignment(), VISIT), false);
});

test("a look that was called off is shown to whoever began it alone", () => {
  const off = assignment({ lines: [line(first)], state: "cancelled" });
  assert.equal(taskKind(off, undefined), "off");
  assert.equal(taskKind(off, visit()), "doing");
  assert.equal(taskKind(assignment({ state: "cancelled" }), undefined), "gone");
});

test("no copy of a look goes to the server", async () => {
  const server = new DraftsServer();
  server.listen();
  await keepVisit(visit({ lines: [line(first)] }));
  await sendCopies();
  assert.equal(server.asked.filter((one) => one.startsWith("PUT")).length, 0);
});
