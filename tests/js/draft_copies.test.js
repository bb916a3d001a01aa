import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { changeCopy } from "../../static/js/store/draft_copies.js";
import { discardVisit, keepVisit } from "../../static/js/store/visits.js";
import { copies, here, restored } from "../../static/js/sync/copy_states.js";
import { copySoon, discardCopy, sendCopies } from "../../static/js/sync/draft_copies.js";
import { flush } from "../../static/js/sync/outbox.js";
import { findLost } from "../../static/js/sync/restoring.js";
import { DraftsServer } from "./drafts_double.js";
import { photograph, sealed } from "./frozen.js";
import { LI, VISIT, row, visit } from "./makers.js";
import { anotherPhone, noteHere, putAway, written } from "./other_phone.js";
import { portal, problem } from "./server_double.js";

/** @type {DraftsServer} */
let server;

beforeEach(async () => {
  await anotherPhone();
  server = new DraftsServer();
  server.listen();
});
afterEach(putAway);

const puts = () => server.asked.filter((one) => one.startsWith("PUT /api/drafts/")).length;
const noteAt = (/** @type {string} */ device) =>
  JSON.parse(new TextDecoder().decode(server.draft(VISIT, device).body)).document.answers[0].note;

test("a draft is copied whole, and not again while nothing changed", async () => {
  await written("first");
  await sendCopies();
  assert.equal(noteAt(here.value), "first");
  assert.ok(copies.value.get(VISIT)?.sent_at);
  await sendCopies();
  assert.equal(puts(), 1);
  await written("second", 2);
  await sendCopies();
  assert.equal(puts(), 2);
  assert.equal(noteAt(here.value), "second");
});

test("a photo more is a change too, though no answer was saved", async () => {
  await written("first");
  await sendCopies();
  await photograph(5);
  await sendCopies();
  assert.equal(puts(), 2);
  assert.equal(server.draft(VISIT, here.value).photos.length, 1);
});

test("an unchanged draft is told again before the copy is a day old", async (context) => {
  await written("first");
  await sendCopies();
  const now = Date.now();
  context.mock.method(Date, "now", () => now + 19 * 3_600_000);
  await sendCopies();
  assert.equal(puts(), 1);
  context.mock.method(Date, "now", () => now + 21 * 3_600_000);
  await sendCopies();
  assert.equal(puts(), 2);
});

test("a copy follows five to ten seconds after the last change, and after a minute without rest", async (context) => {
  await written("first");
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
  /** @type {Promise<void>} */
  const sent = new Promise((done) => {
    server.line = () => {
      done();
      return null;
    };
  });
  for (let second = 0; second < 57; second += 3) {
    copySoon();
    context.mock.timers.tick(3000);
  }
  assert.equal(puts(), 0, "the fingers never rested");
  copySoon();
  context.mock.timers.tick(3100);
  await sent;
  assert.equal(puts(), 1);
});

test("without a network nothing is lost and nothing is claimed", async () => {
  await written("first");
  server.line = async () => portal();
  await sendCopies();
  assert.equal(copies.value.get(VISIT)?.sent_at ?? "", "");
  server.line = () => null;
  await sendCopies();
  assert.equal(noteAt(here.value), "first");
});

test("a lost reply and a late one are no harm", async () => {
  await written("first");
  server.line = (_, answer) => answer().then(() => Promise.reject(new TypeError("lost")));
  await sendCopies();
  server.line = () => null;
  await written("second", 2);
  await sendCopies();
  assert.equal(noteAt(here.value), "second");
});

test("a counter that fell behind catches up: the newest copy is kept", async () => {
  await written("first", 40);
  await sendCopies();
  const device = here.value;
  await keepVisit(visit({ saves: 2 }), [
    row("KC-E-01", { verdict: "loss", count: 1, note: "new" }),
  ]);
  await changeCopy(LI, VISIT, (kept) => ({ ...kept, saves_sent: 0, document_hash: "" }));
  await sendCopies();
  assert.equal(noteAt(device), "new");
});

test("a refusal of one draft is not asked again until it changes, and stops no other", async () => {
  const other = VISIT.replace("1", "2");
  await written("first");
  await keepVisit(visit({ id: other, assignment: "assignment-2", saves: 1 }));
  server.line = ({ path }) =>
    path.includes(VISIT) ? Promise.resolve(problem(422, "draft.assignment_refused")) : null;
  await sendCopies();
  await sendCopies();
  assert.ok(server.drafts.has(other));
  assert.equal(puts(), 2);
});

for (const [status, code] of /** @type {const} */ ([
  [400, "request.cut_off"],
  [422, "content.hash_mismatch"],
  [500, "internal"],
]))
  test(`a copy answered ${status} ${code} is sent again though nothing changed`, async () => {
    await written("first");
    server.line = () => Promise.resolve(problem(status, code));
    await sendCopies();
    server.line = () => null;
    await sendCopies();
    assert.equal(noteAt(here.value), "first");
  });

test("a draft whose copy the server breaks down on stops no other", async () => {
  const other = VISIT.replace("1", "2");
  await written("first");
  await keepVisit(visit({ id: other, assignment: "assignment-2", saves: 1 }));
  server.line = ({ path }) =>
    path.includes(VISIT) ? Promise.resolve(problem(500, "internal")) : null;
  await sendCopies();
  assert.ok(server.drafts.has(other));
});

test("a draft thrown away is taken back at the server, later if need be", async () => {
  await written("first");
  await sendCopies();
  server.line = async () => portal();
  await discardVisit(VISIT);
  await discardCopy(LI, VISIT);
  await sendCopies();
  server.line = () => null;
  await findLost(LI);
  assert.deepEqual(restored.value, [], "thrown away is not lost");
  await sendCopies();
  assert.deepEqual(server.listedDrafts(), []);
});

test("what was submitted on the other phone is not asked about again, and stays here", async () => {
  await written("first");
  server.visits.set(`${VISIT} 1`, { hash: "other", receipt: {}, photos: [] });
  await sendCopies();
  await sendCopies();
  assert.equal(copies.value.get(VISIT)?.ended, "submitted");
  assert.equal(puts(), 1);
  assert.equal(await noteHere(), "first");
});

test("copies hold up no submission", async () => {
  const other = VISIT.replace("1", "3");
  await written("first");
  await sealed([], other);
  server.line = ({ path }) =>
    path.includes("/drafts/") ? Promise.reject(new TypeError("reset")) : null;
  await Promise.all([sendCopies(), flush()]);
  assert.ok(server.visits.has(`${other} 1`));
});
