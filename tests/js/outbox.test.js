import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { flush, nextTry, outbox, retry } from "../../static/js/sync/outbox.js";
import { account, standing } from "../../static/js/sync/session.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { photograph, sealed } from "./frozen.js";
import { VISIT, ZHAO } from "./makers.js";
import { Server, portal, problem } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";

/** @type {Server} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new Server();
  server.listen();
});
afterEach(signedOut);

function state() {
  return outbox.value[0]?.state;
}

test("form and photos arrive, and only then is the visit complete", async () => {
  const photos = [await photograph(300_000), await photograph(5)];
  await sealed(photos);
  await flush();
  assert.equal(state(), "complete");
  assert.ok(photos.every((hash) => uploads.value.get(hash)?.state === "here"));
  assert.equal(server.bytes, 300_005);
});

test("photos travel before anything is submitted", async () => {
  const hash = await photograph(5);
  await flush();
  assert.equal(uploads.value.get(hash)?.state, "here");
  assert.deepEqual(outbox.value, []);
});

test("a reply lost after the server kept the form is a repeat, not a second visit", async () => {
  await sealed([]);
  server.line = ({ method }, answer) => {
    server.line = () => null;
    return method === "PUT" ? answer().then(() => Promise.reject(new TypeError("reset"))) : null;
  };
  await flush();
  assert.equal(state(), "waiting");
  assert.ok(nextTry.value > 0);
  await flush();
  assert.equal(state(), "complete");
  assert.equal(server.visits.size, 1);
});

test("a hotel's page answering 200 is no receipt", async () => {
  await sealed([]);
  server.line = async () => portal();
  await flush();
  assert.equal(state(), "waiting");
  assert.equal(outbox.value[0]?.receipt, null);
});

test("a receipt for other bytes is no receipt", async () => {
  await sealed([]);
  server.line = ({ method }, answer) =>
    method === "PUT"
      ? answer().then(async (reply) =>
          Response.json({ ...(await reply.json()), content_hash: "0" }),
        )
      : null;
  await flush();
  assert.equal(state(), "waiting");
});

test("a 401 asks for the password and goes on afterwards, nothing lost", async () => {
  const hash = await photograph(5);
  await sealed([hash]);
  server.line = async () => problem(401, "session.missing");
  await flush();
  assert.equal(state(), "sign_in");
  assert.equal(standing.value, "out");
  server.line = () => null;
  await flush();
  assert.equal(state(), "complete");
});

test("a conflict waits for a person with the server's sentence and holds up nobody else", async () => {
  await sealed([]);
  await flush();
  const other = VISIT.replace("1", "2");
  server.visits.set(`${other} 1`, { hash: "other", receipt: {}, photos: [] });
  await sealed([], other);
  const third = VISIT.replace("1", "3");
  await sealed([], third);
  await flush();
  const states = Object.fromEntries(outbox.value.map((row) => [row.visit, row.state]));
  assert.deepEqual(states, { [VISIT]: "complete", [other]: "stopped", [third]: "complete" });
  assert.equal(outbox.value.find((row) => row.visit === other)?.problem?.code, "visit.conflict");
});

for (const [status, code] of /** @type {const} */ ([
  [500, "internal"],
  [422, "content.hash_mismatch"],
]))
  test(`a visit answered ${status} ${code} holds up neither the next one nor the photos, and is tried again`, async () => {
    const [other, hash] = [VISIT.replace("1", "2"), await photograph(5)];
    await sealed([]);
    await sealed([hash], other);
    server.line = ({ method, path }) =>
      method === "PUT" && path.includes(VISIT) ? Promise.resolve(problem(status, code)) : null;
    await flush();
    const states = Object.fromEntries(outbox.value.map((row) => [row.visit, row.state]));
    assert.deepEqual(states, { [VISIT]: "waiting", [other]: "complete" });
    assert.ok(nextTry.value > 0);
    server.line = () => null;
    await flush();
    assert.ok(outbox.value.every((row) => row.state === "complete"));
  });

test("what waits for a person is tried again when asked", async () => {
  await sealed([]);
  server.line = async () => problem(422, "visit.answers_refused");
  await flush();
  assert.equal(state(), "stopped");
  const asked = server.asked.length;
  await flush();
  assert.equal(server.asked.filter((one) => one.startsWith("PUT")).length, 1, "not by itself");
  assert.ok(server.asked.length >= asked);
  server.line = () => null;
  const [row] = outbox.value;
  assert.ok(row);
  await retry(row);
  assert.equal(state(), "complete");
});

test("a busy server is asked again no sooner than it says", async () => {
  await sealed([]);
  server.line = async () => problem(503, "store.busy", { "retry-after": "20" });
  const before = Date.now();
  await flush();
  assert.equal(state(), "waiting");
  assert.ok(nextTry.value >= before + 20_000);
});

test("a photo cut half-way goes on where the server is", async () => {
  const hash = await photograph(400_000);
  let cuts = 0;
  server.line = ({ method }, answer) => {
    if (method !== "PATCH" || (cuts += 1) % 2) return null;
    return answer().then(() => Promise.reject(new TypeError("cut")));
  };
  for (let tries = 0; tries < 40 && uploads.value.get(hash)?.state !== "here"; tries += 1)
    await flush();
  assert.equal(uploads.value.get(hash)?.state, "here");
  assert.equal(server.bytes, 400_000, "no byte twice");
});

test("a photo refused is shown with the server's words and not tried for ever", async () => {
  const hash = await photograph(5);
  server.line = async ({ method }) =>
    method === "PATCH" ? problem(422, "photo.refused") : portal();
  await flush();
  await flush();
  assert.equal(uploads.value.get(hash)?.state, "refused");
  assert.equal(uploads.value.get(hash)?.problem, "photo.refused");
  assert.equal(server.asked.length, 1);
});

test("photos the server lost are sent again", async () => {
  const hash = await photograph(5);
  await flush();
  server.photos.clear();
  await sealed([hash]);
  await flush();
  assert.equal(state(), "complete");
  assert.ok(server.photos.has(hash));
});

test("another person's queue stays locked", async () => {
  await sealed([]);
  account.value = { id: ZHAO, name: "赵", role: "inspector", pseudonym: null, language: "zh-CN" };
  await flush();
  assert.deepEqual(outbox.value, []);
  assert.equal(server.visits.size, 0);
});

test("sixty visits over a random line: every visit arrives once, no receipt is invented", async () => {
  let seed = 7;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const broken = [
    () => Promise.reject(new TypeError("reset")),
    () => Promise.resolve(portal()),
    () => Promise.resolve(problem(500, "internal")),
    () => Promise.resolve(problem(429, "session.too_many")),
  ];
  for (let run = 0; run < 60; run += 1) {
    const id = `01935f00-0000-7000-8000-${String(run).padStart(12, "0")}`;
    const hash = await photograph(1000 + run);
    await sealed([hash], id);
    server.line = (_request, answer) => {
      const dice = chance();
      if (dice < 0.5) return null;
      if (dice < 0.7) return answer().then(() => Promise.reject(new TypeError("reply lost")));
      return (broken[Math.floor(chance() * broken.length)] ?? portal)();
    };
    for (let tries = 0; tries < 3; tries += 1) await flush();
    for (const row of outbox.value)
      assert.equal(row.receipt !== null, ["received", "complete"].includes(row.state));
  }
  server.line = () => null;
  await flush();
  assert.ok(outbox.value.every((row) => row.state === "complete"));
  assert.equal(server.visits.size, 60);
  assert.equal(server.photos.size, 60);
});
