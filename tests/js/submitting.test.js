import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openDraft } from "../../static/js/store/open_draft.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { keepNewVisit, visitHere } from "../../static/js/store/visits.js";
import { submitVisit } from "../../static/js/sync/visits.js";
import { KC, LI, VISIT, row, visit } from "./makers.js";
import { Server } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";

beforeEach(async () => {
  await signedIn();
  new Server().listen();
});
afterEach(signedOut);

/**
 * Li's draft, opened.
 * @param {string} [id]
 */
async function opened(id = VISIT) {
  await keepNewVisit(visit({ id, assignment: id }));
  const stored = await visitHere(LI, id);
  assert.ok(stored);
  return openDraft(stored, KC);
}

/** @param {number} count */
const changed = (count) => row("KC-E-01", { verdict: "loss", count });

/** Turns of the event loop in which storage goes on; a submission takes about twenty. */
const TURNS = 30;

/** @param {number} turns */
async function pass(turns) {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
}

/** @type {[string, (draft: Awaited<ReturnType<typeof opened>>) => void][]} */
const MEANWHILE = [
  ["a change", (draft) => draft.put([{ ...changed(2), visit: draft.visit.peek().id }])],
  ["a draft written again", (draft) => draft.keepAll()],
];
for (const [name, work] of MEANWHILE)
  test(`${name} at any moment of a submission neither opens the visit again nor goes beside what was sent`, async () => {
    for (let turns = 0; turns < TURNS; turns += 1) {
      const id = VISIT.replace("0001", String(1000 + turns));
      const draft = await opened(id);
      draft.put([...draft.items.keys()].map((item) => row(item, { visit: id, verdict: "pass" })));
      draft.put([{ ...changed(1), visit: id }]);
      await draft.settled();
      const submitting = submitVisit(draft);
      await pass(turns);
      work(draft);
      await submitting;
      await draft.settled();
      await sentAsStored(id);
    }
  });

/** @param {string} id */
async function sentAsStored(id) {
  const stored = await visitHere(LI, id);
  assert.equal(stored?.visit.state, "sealed");
  const sent = (await outboxOf(LI)).find((one) => one.visit === id);
  const said = JSON.parse(new TextDecoder().decode(sent?.body));
  const count = stored.rows.find((one) => one.item === "KC-E-01")?.count;
  assert.equal(said.answers[0].count, count);
  assert.equal(said.ended_at, stored.visit.changed_at);
}

test("a draft that could not be submitted goes on being a draft", async (context) => {
  const draft = await opened();
  draft.put([changed(1)]);
  await draft.settled();
  const put = context.mock.method(globalThis.IDBObjectStore.prototype, "put", () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await assert.rejects(submitVisit(draft));
  put.mock.restore();
  assert.ok(draft.isOpen.value);
  draft.put([changed(2)]);
  assert.ok(await draft.settled());
  const stored = await visitHere(LI, VISIT);
  assert.deepEqual([stored?.visit.state, stored?.rows[0]?.count], ["draft", 2]);
  await submitVisit(draft);
  assert.equal((await visitHere(LI, VISIT))?.visit.state, "sealed");
});
