import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { outboxOf } from "../../static/js/store/outbox.js";
import { forget } from "../../static/js/store/vault.js";
import { visitsOf } from "../../static/js/store/visits.js";
import { Refused, Unreachable, ask, askedToWait, fetchBytes } from "../../static/js/sync/api.js";
import { online, portal } from "../../static/js/sync/link.js";
import { flush, nextTry, outbox } from "../../static/js/sync/outbox.js";
import { account, standing } from "../../static/js/sync/session.js";
import { sealed } from "./frozen.js";
import { LI, ZHAO } from "./makers.js";
import { Server, json, portal as hotel, problem } from "./server_double.js";

/** @type {Server} */
let server;

/** @param {string} id */
const person = (id) => ({
  id,
  name: id,
  role: "inspector",
  pseudonym: null,
  language: /** @type {const} */ ("zh-CN"),
});

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
  server = new Server();
  server.listen();
  account.value = person(LI);
  standing.value = "in";
  online.value = true;
  portal.value = false;
});
afterEach(async () => {
  account.value = null;
  await flush();
  await close();
});

/** Whatever anybody in between may say that is no answer of ours. @type {[string, () => Response, boolean][]} */
const FOREIGN = [
  ["a page", hotel, true],
  ["an empty success", () => new Response(null, { status: 204 }), true],
  ["a page that forbids", () => new Response("<p>pay</p>", { status: 403 }), true],
  ["a network asking for a sign-in", () => new Response("{}", { status: 511 }), true],
  ["a proxy without a code", () => json(401, { error: "proxy" }), false],
  ["half an answer", () => new Response('{"visits":[', { headers: JSON_TYPE }), false],
];
const JSON_TYPE = { "content-type": "application/json" };

for (const [name, answer, byPortal] of FOREIGN)
  test(`${name} counts as no answer`, async () => {
    server.line = async () => answer();
    await assert.rejects(ask("GET", "/api/visits"), Unreachable);
    assert.equal(online.value, false);
    assert.equal(portal.value, byPortal);
    server.line = () => null;
    await ask("GET", "/api/visits");
    assert.deepEqual([online.value, portal.value], [true, false]);
  });

test("a redirect is a network that wants a sign-in", async () => {
  server.line = async () =>
    /** @type {Response} */ (/** @type {unknown} */ ({ type: "opaqueredirect", status: 0 }));
  await assert.rejects(ask("GET", "/api/visits"), Unreachable);
  assert.ok(portal.value);
});

test("a gateway's broken page is the server's trouble, not a network's", async () => {
  server.line = async () => new Response("<h1>502</h1>", { status: 502 });
  await assert.rejects(ask("GET", "/api/visits"), Refused);
  assert.equal(portal.value, false);
});

test("a page in the place of a photo is no photo", async () => {
  server.line = async () => hotel();
  await assert.rejects(fetchBytes("/api/photos/x"), Unreachable);
});

test("an answer that never ends is given up after half a minute", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.fetch = (_path, options) =>
    new Promise((_, refuse) =>
      options?.signal?.addEventListener("abort", () => refuse(new DOMException("", "AbortError"))),
    );
  const asked = ask("GET", "/api/visits");
  context.mock.timers.tick(30_000);
  await assert.rejects(asked, Unreachable);
});

test("a server may ask for a wait in seconds or by a date, and nobody waits longer than an hour", () => {
  /** @param {string} said */
  const waited = (said) =>
    askedToWait(
      new Refused(
        { status: 503, code: "x", title: "", detail: "" },
        new Headers({ "retry-after": said }),
      ),
    );
  assert.equal(waited("20"), 20_000);
  const dated = waited(new Date(Date.now() + 60_000).toUTCString());
  assert.ok(dated > 55_000 && dated <= 60_000, String(dated));
  assert.equal(waited("999999"), 3_600_000);
  assert.equal(waited("soon"), 0);
});

test("no event hurries a wait the server asked for; a person may", async () => {
  await sealed([]);
  server.line = async () => problem(429, "store.busy", { "retry-after": "600" });
  await flush();
  const asked = server.asked.length;
  server.line = () => null;
  await flush();
  assert.equal(server.asked.length, asked);
  assert.ok(nextTry.value > Date.now() + 500_000);
  await flush({ by: "person" });
  assert.equal(outbox.value[0]?.state, "complete");
});

test("what one person wrote is never sent in the name of the next", async () => {
  await sealed([]);
  server.line = ({ method, path }) => {
    if (path === "/api/visitor") {
      const session = { account: person(ZHAO), csrf_token: "zhao" };
      return Promise.resolve(json(200, { session }));
    }
    return method === "PUT" ? Promise.resolve(problem(403, "request.forged")) : null;
  };
  await flush();
  assert.equal(account.value?.id, ZHAO);
  assert.equal(server.asked.filter((one) => one.startsWith("PUT")).length, 1, "not sent again");
  assert.equal((await outboxOf(LI))[0]?.state, "waiting");
  assert.equal(server.visits.size, 0);
});

test("a phone reported lost erases what it holds of the account", async () => {
  await sealed([]);
  assert.equal((await visitsOf(LI)).length, 1);
  server.line = async () => problem(401, "session.revoked");
  await assert.rejects(ask("GET", "/api/visits"), Refused);
  assert.equal(account.value, null);
  assert.deepEqual(await visitsOf(LI), []);
  assert.deepEqual(await outboxOf(LI), []);
});

test("a session that merely ended erases nothing", async () => {
  await sealed([]);
  server.line = async () => problem(401, "session.missing");
  await flush();
  assert.equal((await outboxOf(LI))[0]?.state, "sign_in");
  assert.equal(account.value?.id, LI);
});
