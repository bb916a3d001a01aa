import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { within } from "../../static/js/store/database.js";
import {
  copiesOf,
  documentOf,
  forgetOthers,
  keepDocument,
  keepOther,
  othersIn,
} from "../../static/js/store/draft_copies.js";
import { LI, VISIT, row, visit } from "./makers.js";
import { anotherPhone, noteHere, putAway, written } from "./other_phone.js";

beforeEach(() => anotherPhone());
afterEach(putAway);

/** @param {string} note */
const version = (note) => ({
  device: "second",
  kept_at: "2026-11-18T00:00:00Z",
  document: { visit: visit(), answers: [row("KC-E-01", { note })], slots: [], captures: [] },
});

const othersHere = async () => othersIn((await copiesOf(LI))[0]);

test("work that fails half way leaves everything as it was", async () => {
  await written("first");
  const nameless = /** @type {any} */ ({ ...row("KC-E-02"), item: undefined });
  const document = { visit: visit(), answers: [nameless], slots: [], captures: [] };
  await assert.rejects(keepDocument(document, []), { name: "DataError" });
  assert.equal(await noteHere(), "first");
});

test("a failure after a request was made takes the request back", async () => {
  const work = async (/** @type {any} */ tx) => {
    await tx.objectStore("meta").put({ key: "half", value: true });
    throw new Error("killed");
  };
  await assert.rejects(within(["meta"], "readwrite", work), /killed/);
  const kept = await within(["meta"], "readonly", (tx) => tx.objectStore("meta").get("half"));
  assert.equal(kept, undefined);
});

test("a document laid down is a draft, wherever it came from", async () => {
  await keepDocument({ ...version("sent").document, visit: visit({ state: "sealed" }) }, []);
  assert.equal((await documentOf(LI, VISIT))?.visit.state, "draft");
});

test("two versions put aside at once are both kept, also while old ones are forgotten", async () => {
  await keepOther(LI, { ...version("old"), kept_at: "2026-01-01T00:00:00Z" });
  const now = Date.parse("2026-11-19T00:00:00Z");
  await Promise.all([
    keepOther(LI, version("one")),
    forgetOthers(LI, now),
    keepOther(LI, version("two")),
  ]);
  const notes = (await othersHere()).map((one) => one.document.answers[0]?.note);
  assert.deepEqual(notes.sort(), ["one", "two"]);
});
