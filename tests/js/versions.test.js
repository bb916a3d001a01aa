import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { here } from "../../static/js/sync/copy_states.js";
import { sendCopies } from "../../static/js/sync/draft_copies.js";
import { refreshDrafts } from "../../static/js/sync/server_drafts.js";
import { forgetVersions, gatherVersions, versions } from "../../static/js/sync/versions.js";
import { DraftsServer } from "./drafts_double.js";
import { LI, VISIT, visit } from "./makers.js";
import { keepVisit } from "../../static/js/store/visits.js";
import { anotherPhone, put, putAway, written } from "./other_phone.js";

/** @type {DraftsServer} */
let server;

beforeEach(async () => {
  await anotherPhone();
  forgetVersions();
  server = new DraftsServer();
  server.listen();
  await written("here");
  await sendCopies();
});
afterEach(putAway);

/** @param {string} device @param {string} note */
function sentBy(device, note) {
  const said = JSON.parse(new TextDecoder().decode(server.draft(VISIT, here.value).body));
  said.device = device;
  said.document.answers[0].note = note;
  server.keep(VISIT, device, put(said));
}

const notes = () => versions.value.others.map(({ document }) => document.answers[0]?.note);

test("every version is read, here and at the server", async () => {
  sentBy("second", "there");
  await gatherVersions(LI, VISIT);
  assert.equal(versions.value.state, "here");
  assert.equal(versions.value.own?.answers[0]?.note, "here");
  assert.deepEqual(notes(), ["there"]);
  assert.equal(versions.value.unread, false);
});

test("without a network what lies here is shown, and that others may be missing", async () => {
  sentBy("second", "there");
  await refreshDrafts(LI);
  server.line = () => Promise.reject(new TypeError("no line"));
  await gatherVersions(LI, VISIT);
  assert.equal(versions.value.state, "here");
  assert.equal(versions.value.own?.answers[0]?.note, "here");
  assert.deepEqual(notes(), []);
  assert.ok(versions.value.unread);
});

test("a version that cannot be read hides no other", async () => {
  sentBy("second", "there");
  sentBy("third", "elsewhere");
  server.draft(VISIT, "second").hash = "0".repeat(64);
  await gatherVersions(LI, VISIT);
  assert.deepEqual(notes(), ["elsewhere"]);
  assert.ok(versions.value.unread);
});

test("a scorecard that is nowhere to be had does not hide the versions", async () => {
  await keepVisit(visit({ saves: 2, rubric: "e".repeat(64) }));
  await gatherVersions(LI, VISIT);
  assert.equal(versions.value.state, "here");
  assert.equal(versions.value.rubric, null);
});

test("a visit that cannot be read leaves the next one on the screen", async () => {
  const other = VISIT.replace("1", "2");
  const failing = gatherVersions(LI, other);
  await gatherVersions(LI, VISIT);
  await failing;
  assert.equal(versions.value.visit, VISIT);
  assert.equal(versions.value.state, "here");
});
