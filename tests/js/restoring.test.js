import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { isAbsent } from "../../static/js/model/absent.js";
import {
  copiesOf,
  documentOf,
  forgetOthers,
  othersIn,
} from "../../static/js/store/draft_copies.js";
import { photoOf } from "../../static/js/store/photos.js";
import { keepVisit } from "../../static/js/store/visits.js";
import { here, isTakenOver, offered, restored } from "../../static/js/sync/copy_states.js";
import { sendCopies } from "../../static/js/sync/draft_copies.js";
import { fetchPhoto } from "../../static/js/sync/fetched_photos.js";
import { flush } from "../../static/js/sync/outbox.js";
import { bringBack, findLost, goOnHere } from "../../static/js/sync/restoring.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { DraftsServer } from "./drafts_double.js";
import { photograph } from "./frozen.js";
import { LI, VISIT, visit } from "./makers.js";
import { anotherPhone, noteHere, put, putAway, written } from "./other_phone.js";

/** @type {DraftsServer} */
let server;

beforeEach(async () => {
  await anotherPhone();
  server = new DraftsServer();
  server.listen();
});
afterEach(putAway);

const noteAt = (/** @type {string} */ device) =>
  JSON.parse(new TextDecoder().decode(server.draft(VISIT, device).body)).document.answers[0].note;

test("what the system cleared comes back by itself and says how old it is", async () => {
  await written("first");
  const hash = await photograph(300);
  await flush();
  await sendCopies();
  const before = here.value;
  await anotherPhone();
  await findLost(LI);
  assert.equal(await noteHere(), "first");
  assert.equal(restored.value.length, 1);
  assert.equal(restored.value[0]?.changed_at, visit().changed_at);
  assert.notEqual(here.value, before);
  assert.equal(server.owners.get(VISIT), here.value, "this is the same phone under a new id");
  assert.equal(isTakenOver(VISIT), false);
  assert.equal(await photoOf(hash), undefined, "photos come when they are looked at");
  assert.equal((await fetchPhoto(hash))?.bytes?.byteLength, 300);
  assert.ok((await photoOf(hash))?.bytes);
  const again = restored.value.length;
  await findLost(LI);
  assert.equal(restored.value.length, again, "once only");
});

test("a photo that never reached the server is said to be missing, not to be on its way", async () => {
  await written("first");
  const hash = await photograph(300);
  await sendCopies();
  await anotherPhone();
  await findLost(LI);
  await sendCopies();
  assert.ok(isAbsent(uploads.value.get(hash)));
  server.photos.set(hash, new Uint8Array(300));
  await written("second", 5);
  await sendCopies();
  assert.equal(uploads.value.get(hash)?.state, "here", "another phone sent it");
});

test("a photo whose bytes are not what its name says is not kept", async () => {
  server.photos.set("a".repeat(64), new Uint8Array(7));
  assert.equal(await fetchPhoto("a".repeat(64)), undefined);
  assert.equal(await photoOf("a".repeat(64)), undefined);
});

test("a damaged copy is no copy", async () => {
  await written("first");
  await sendCopies();
  server.draft(VISIT, here.value).hash = "0".repeat(64);
  await anotherPhone();
  await assert.rejects(findLost(LI));
  assert.equal(await documentOf(LI, VISIT), undefined);
});

test("a copy that cannot be brought back keeps no other draft from coming back", async () => {
  const other = VISIT.replace("1", "2");
  await written("first");
  await keepVisit(visit({ id: other, assignment: "assignment-2", saves: 1 }));
  await sendCopies();
  server.draft(VISIT, here.value).hash = "0".repeat(64);
  await anotherPhone();
  await assert.rejects(findLost(LI));
  assert.equal(await documentOf(LI, VISIT), undefined);
  assert.ok(await documentOf(LI, other));
});

test("another device's draft is offered and stays where it is until somebody takes it over", async () => {
  await written("first");
  await sendCopies();
  const first = here.value;
  await anotherPhone();
  server.session = "two";
  await findLost(LI);
  assert.equal(offered.value[0]?.visit, VISIT);
  assert.equal(await documentOf(LI, VISIT), undefined);
  assert.equal(server.owners.get(VISIT), first);
  await goOnHere(LI, VISIT, first);
  assert.equal(await noteHere(), "first");
  assert.equal(server.owners.get(VISIT), here.value);
  assert.deepEqual(offered.value, []);
});

test("two phones that went on alone both keep their version, and a person chooses", async () => {
  await written("first phone");
  await sendCopies();
  const first = here.value;
  server.owners.set(VISIT, "second");
  const said = JSON.parse(new TextDecoder().decode(server.draft(VISIT, first).body));
  said.device = "second";
  said.document.answers[0].note = "second phone";
  await server.keep(VISIT, "second", put(said));
  await written("first phone, later", 2);
  await sendCopies();
  assert.ok(isTakenOver(VISIT), "learnt at the next contact");
  assert.equal(noteAt(first), "first phone, later", "its last words are kept too");
  await goOnHere(LI, VISIT, "second");
  assert.equal(await noteHere(), "second phone");
  const kept = await othersIn((await copiesOf(LI))[0]);
  assert.equal(kept[0]?.document.answers[0]?.note, "first phone, later");
  assert.ok(kept[0]);
  await bringBack(LI, kept[0].document);
  assert.equal(await noteHere(), "first phone, later");
  assert.equal((await othersIn((await copiesOf(LI))[0])).length, 2, "and the other stepped back");
});

test("a version that stepped back stays thirty days, not thirty-one", async () => {
  await written("first");
  await sendCopies();
  await bringBack(LI, { visit: visit(), answers: [], slots: [], captures: [] });
  await forgetOthers(LI, Date.now() + 29 * 86_400_000);
  assert.equal((await othersIn((await copiesOf(LI))[0])).length, 1);
  await forgetOthers(LI, Date.now() + 31 * 86_400_000);
  assert.deepEqual(await othersIn((await copiesOf(LI))[0]), []);
});
