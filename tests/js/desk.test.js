import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { keepNewVisit } from "../../static/js/store/visits.js";
import { needRubric } from "../../static/js/sync/assignments.js";
import { clearDesk, desk, takeUp } from "../../static/js/views/drafts/desk.js";
import { KC, LI, VISIT, visit } from "./makers.js";
import { Server, nobody } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";

/** @type {Server} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new Server();
  server.listen();
});
afterEach(async () => {
  clearDesk();
  await signedOut();
});

const RUBRIC = `/api/rubrics/${visit().rubric}`;

test("a draft tapped before its rubric has come fetches it and opens", async () => {
  await keepNewVisit(visit());
  server.line = ({ path }) => (path === RUBRIC ? Promise.resolve(Response.json(KC)) : null);
  await takeUp(LI, VISIT);
  assert.equal(desk.peek().state, "open");
  assert.deepEqual(server.asked, [`GET ${RUBRIC}`]);
});

test("a rubric the list is bringing already is not asked for twice", async () => {
  await keepNewVisit(visit());
  /** @type {(() => void)[]} */
  const held = [];
  server.line = ({ path }) =>
    path === RUBRIC ? new Promise((arrive) => held.push(() => arrive(Response.json(KC)))) : null;
  const both = Promise.all([needRubric(visit().rubric), takeUp(LI, VISIT)]);
  // Long enough for the tap to find nothing here and ask too.
  await new Promise((done) => setTimeout(done, 100));
  for (const arrive of held) arrive();
  await both;
  assert.equal(desk.peek().state, "open");
  assert.deepEqual(server.asked, [`GET ${RUBRIC}`]);
});

test("where nobody can be reached it is said not to be here, and opens at the next tap", async () => {
  await keepNewVisit(visit());
  server.line = nobody;
  await takeUp(LI, VISIT);
  assert.equal(desk.peek().state, "missing");
  server.line = () => Promise.resolve(Response.json(KC));
  await takeUp(LI, VISIT);
  assert.equal(desk.peek().state, "open");
});

test("one whose rubric is here asks nobody", async () => {
  await keepNewVisit(visit());
  server.line = () => Promise.resolve(Response.json(KC));
  await takeUp(LI, VISIT);
  clearDesk();
  server.asked.length = 0;
  await takeUp(LI, VISIT);
  assert.equal(desk.peek().state, "open");
  assert.deepEqual(server.asked, []);
});
