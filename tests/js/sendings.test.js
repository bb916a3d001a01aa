import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { hasUnsent } from "../../static/js/store/purge.js";
import { releaseSendings } from "../../static/js/store/purge_staff.js";
import { keepRow, rowsOf } from "../../static/js/store/sealed_rows.js";
import { addLinePhotos, draftFor } from "../../static/js/sync/line_desk.js";
import {
  flushSendings,
  lineSending,
  onTheirWay,
  recallSendings,
  retrySending,
  sendings,
  toldOf,
} from "../../static/js/sync/sendings.js";
import { standing } from "../../static/js/sync/session.js";
import { isSigning, signFor } from "../../static/js/sync/signing.js";
import { notices, recallNotices, refreshNotices } from "../../static/js/sync/store_notices.js";
import { LI } from "./makers.js";
import { json, nobody, problem } from "./server_double.js";
import "./shrinker.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer, notice, sendingRow } from "./store_makers.js";

const NOW = Date.parse("2026-11-18T04:00:00Z");
const HOUR = 3_600_000;

/** @type {StoreServer} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  server.listen();
  await recallNotices(LI);
  await recallSendings(LI);
});
afterEach(signedOut);

test("a signature given offline waits, and arrives once", async () => {
  await refreshNotices(LI);
  server.line = nobody;
  await Promise.all([signFor(LI, notice()), signFor(LI, notice())]);
  await flushSendings();
  assert.ok(isSigning(NOTICE));
  assert.equal(await hasUnsent(LI), true);
  await signFor(LI, notice());
  assert.equal(sendings.value.length, 1, "signing twice is signing once");
  server.line = () => null;
  await flushSendings({ by: "person" });
  assert.equal(sendings.value[0]?.state, "received");
  assert.equal(server.sendings.size, 1);
  assert.equal(await hasUnsent(LI), false);
});

test("after a lost reply the same bytes are sent again", async () => {
  let lost = false;
  server.line = ({ method }, answer) => {
    if (method !== "PUT" || lost) return null;
    lost = true;
    return answer().then(() => nobody());
  };
  await signFor(LI, notice());
  await flushSendings();
  await flushSendings({ by: "person" });
  assert.equal(sendings.value[0]?.state, "received");
  assert.equal(server.sendings.size, 1);
});

test("a stranger's answer is no receipt", async () => {
  server.line = async ({ method }) =>
    method === "PUT"
      ? new Response("{}", { headers: { "content-type": "application/json" } })
      : problem(500, "x");
  await signFor(LI, notice());
  await flushSendings();
  assert.equal(sendings.value[0]?.state, "waiting");
});

test("a session that ended keeps the signature and asks for the password", async () => {
  server.line = async () => problem(401, "session.missing");
  await signFor(LI, notice());
  await flushSendings();
  assert.equal(sendings.value[0]?.state, "sign_in");
  assert.equal(standing.value, "out");
  server.line = () => null;
  await flushSendings();
  assert.equal(sendings.value[0]?.state, "received");
});

test("a refusal a person must settle stops it, holds up nothing else and keeps it", async () => {
  await keepRow(
    "sendings",
    LI,
    "first",
    sendingRow({ id: "first", path: "/api/store-notices/x/receipts/first" }),
  );
  server.line = ({ path }) =>
    path.includes("/x/") ? Promise.resolve(problem(409, "notice.void")) : null;
  await signFor(LI, notice());
  await flushSendings();
  const states = Object.fromEntries(sendings.value.map((row) => [row.id === "first", row.state]));
  assert.deepEqual(states, { true: "stopped", false: "received" });
  server.line = () => null;
  const [stopped] = sendings.value.filter(({ state }) => state === "stopped");
  assert.ok(stopped);
  await retrySending(stopped);
  assert.ok(sendings.value.every(({ state }) => state === "received"));
});

test("what is sent while a photo is on its way has its notice fetched too", async () => {
  await refreshNotices(LI);
  /** @type {Promise<void> | null} */
  let signing = null;
  server.line = ({ method, path }) => {
    if (!path.startsWith("/api/photos/")) return null;
    if (method === "PATCH") signing ??= signFor(LI, notice());
    return Promise.resolve(signing).then(() => json(200, { offset: 1, complete: true }));
  };
  const reply = draftFor(LI, NOTICE, 1, "reply");
  await addLinePhotos(reply, [new File(["pixels"], "a.jpg")], "camera");
  await flushSendings();
  assert.equal(sendings.value[0]?.state, "received");
  assert.equal(notices.value?.data[0]?.state, "acknowledged");
});

test("what arrived is told of until its notice was fetched, which is tried again", async () => {
  await refreshNotices(LI);
  const path = `/api/store-notices/${NOTICE}/lines/1/replies/a`;
  await keepRow("sendings", LI, "a", sendingRow({ id: "a", kind: "reply", line: 1, path }));
  server.line = ({ method }) => (method === "GET" ? nobody() : null);
  await flushSendings();
  assert.equal(lineSending(NOTICE, 1)?.state, "received", "no empty form to fill in again");
  assert.equal(onTheirWay.value.length, 0);
  // The app was closed in between.
  await recallSendings(LI);
  assert.equal(lineSending(NOTICE, 1)?.state, "received");
  server.line = () => null;
  server.asked = [];
  await flushSendings();
  assert.equal(lineSending(NOTICE, 1), undefined);
  assert.deepEqual(
    server.asked.filter((one) => one.startsWith("PUT")),
    [],
  );
  server.asked = [];
  await flushSendings();
  assert.deepEqual(server.asked, []);
});

test("what arrived is told of though a photo cannot be sent", async () => {
  await refreshNotices(LI);
  await addLinePhotos(draftFor(LI, NOTICE, 1, "reply"), [new File(["pixels"], "a.jpg")], "camera");
  server.line = ({ path }) => (path.startsWith("/api/photos/") ? nobody() : null);
  await signFor(LI, notice());
  await flushSendings();
  assert.equal(sendings.value[0]?.shown, true);
  assert.equal(notices.value?.data[0]?.state, "acknowledged");
});

test("what an older app sent is not looked for again", async () => {
  await keepRow("sendings", LI, "a", sendingRow({ id: "a", state: "received" }));
  server.asked = [];
  await flushSendings();
  assert.deepEqual([server.asked, toldOf.value], [[], []]);
});

test("what arrived goes after a week, what did not stays for ever", async () => {
  const receipt = {
    id: "a",
    kind: "receipt",
    notice: NOTICE,
    line: 0,
    content_hash: "",
    outcome: "",
    received_at: "2026-11-18T04:00:00Z",
  };
  await keepRow("sendings", LI, "a", sendingRow({ id: "a", state: "received", receipt }));
  await keepRow("sendings", LI, "b", sendingRow({ id: "b", state: "stopped" }));
  await releaseSendings(LI, NOW + 6 * 24 * HOUR);
  assert.equal((await rowsOf("sendings", LI)).length, 2);
  await releaseSendings(LI, NOW + 800 * 24 * HOUR);
  const left = /** @type {{id: string}[]} */ (await rowsOf("sendings", LI));
  assert.deepEqual(
    left.map(({ id }) => id),
    ["b"],
  );
});
