import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { isAbsent } from "../../static/js/model/absent.js";
import { unusablePlaces } from "../../static/js/model/unusable.js";
import { within } from "../../static/js/store/database.js";
import { hasUnsent } from "../../static/js/store/purge.js";
import { online, portal as behindPortal } from "../../static/js/sync/link.js";
import { flush, nextTry, outbox, unsent } from "../../static/js/sync/outbox.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { photograph, sealed } from "./frozen.js";
import { LI, VISIT } from "./makers.js";
import { Server, json, portal, problem } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";

/** @type {Server} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new Server();
  server.listen();
});
afterEach(signedOut);

test("a photo nobody can open settles the visit: told, not asked about for ever, no bar to signing out", async () => {
  const [good, bad] = [await photograph(6), await photograph(5)];
  server.unusable.add(bad);
  await sealed([good, bad]);
  await flush();
  assert.equal(outbox.value[0]?.state, "unusable");
  assert.deepEqual(outbox.value[0]?.refused, [bad]);
  assert.deepEqual(unsent.value, []);
  assert.equal(nextTry.value, 0);
  assert.equal(uploads.value.get(bad)?.state, "here");
  const asked = server.asked.length;
  await flush();
  assert.equal(server.asked.length, asked);
  assert.equal(await hasUnsent(LI), false);
});

test("a visit the server breaks down on when asked about keeps no other from being settled", async () => {
  const [bad, good] = [await photograph(5), await photograph(6)];
  const [first, second] = [VISIT, VISIT.replace("1", "2")];
  server.unusable.add(bad).add(good);
  await sealed([bad], first);
  await sealed([good], second);
  server.line = always(`GET /api/visits/${first}`, () => problem(500, "internal"));
  await flush();
  const states = Object.fromEntries(outbox.value.map((row) => [row.visit, row.state]));
  assert.deepEqual(states, { [first]: "received", [second]: "unusable" });
  assert.ok(nextTry.value > 0);
});

test("the place of a photo nobody can open is its item and its number there", () => {
  const photo = { bytes: 5, width: 4, height: 3, origin: /** @type {const} */ ("camera") };
  const photos = ["a", "b", "c"].map((hash, position) => ({
    ...photo,
    sha256: hash,
    item: "KC-E-01",
    position,
    taken_at: null,
  }));
  assert.deepEqual(unusablePlaces(photos, ["b", "z"]), [{ item: "KC-E-01", number: 2 }]);
});

for (const [status, code] of /** @type {const} */ ([
  [404, "missing"],
  [409, "photo.busy"],
  [429, "photo.too_many"],
  [500, "internal"],
]))
  test(`a photo answered ${status} holds up no other and is tried again in the next pass`, async () => {
    const [bad, good] = [await photograph(5), await photograph(6)].sort();
    assert.ok(bad && good);
    let tries = 0;
    server.line = ({ method, path }) =>
      method === "PATCH" && path.endsWith(bad) ? Promise.resolve(no()) : null;
    const no = () => ((tries += 1), problem(status, code));
    await sealed([good]);
    await flush();
    assert.equal(outbox.value[0]?.state, "complete");
    assert.equal(uploads.value.get(good)?.state, "here");
    assert.equal(uploads.value.get(bad)?.state, "waiting");
    assert.equal(tries, 2, "a few tries, not for ever");
    assert.ok(nextTry.value > 0);
    server.line = () => null;
    await flush();
    assert.equal(uploads.value.get(bad)?.state, "here");
  });

test("without a line no further photo is tried", async () => {
  await photograph(5);
  await photograph(6);
  server.line = () => Promise.reject(new TypeError("no line"));
  await flush();
  assert.equal(server.asked.length, 1);
});

test("a photo that arrives damaged, in one piece, three times is refused and not sent for ever", async () => {
  const hash = await photograph(5);
  server.line = always("PATCH", () => problem(422, "content.hash_mismatch"));
  await flush();
  assert.deepEqual(server.asked, Array(3).fill(`PATCH /api/photos/${hash}`));
  assert.equal(uploads.value.get(hash)?.state, "refused");
});

test("an offset that leads nowhere holds up no other photo and is tried again in the next pass", async () => {
  const [bad, good] = [await photograph(5), await photograph(6)];
  const here = { "upload-offset": "0" };
  server.line = always(`PATCH /api/photos/${bad}`, () =>
    problem(409, "photo.offset_mismatch", here),
  );
  await flush();
  assert.equal(uploads.value.get(bad)?.state, "waiting");
  assert.equal(uploads.value.get(good)?.state, "here");
  assert.ok(nextTry.value > 0);
});

for (const [name, answer] of /** @type {[string, () => Response][]} */ ([
  ["forbids", () => new Response(null, { status: 403 })],
  ["wants a sign-in", () => new Response(null, { status: 511 })],
  ["shows its page", portal],
]))
  test(`a network that ${name} when asked for the offset is no answer, and no refusal of the photo`, async () => {
    const hash = await photograph(5);
    server.line = () => Promise.reject(new TypeError("cut"));
    await flush();
    server.line = always("HEAD", answer);
    await flush();
    assert.equal(uploads.value.get(hash)?.state, "waiting");
    assert.deepEqual([online.value, behindPortal.value], [false, true]);
    server.line = () => null;
    await flush();
    assert.equal(uploads.value.get(hash)?.state, "here");
  });

for (const [status, code] of /** @type {const} */ ([
  [400, "request.cut_off"],
  [403, "request.forged"],
]))
  test(`${code} befell the request, not the photo: it is tried again later`, async () => {
    const hash = await photograph(5);
    server.line = ({ method, path }) => {
      if (path === "/api/visitor") return Promise.resolve(json(200, stillLi));
      return method === "PATCH" ? Promise.resolve(problem(status, code)) : null;
    };
    await flush();
    assert.equal(uploads.value.get(hash)?.state, "waiting");
    assert.ok(nextTry.value > 0);
    server.line = () => null;
    await flush();
    assert.equal(uploads.value.get(hash)?.state, "here");
  });

test("a photo only another phone has is said to be missing, and the visit is complete once it came", async () => {
  const hash = await photograph(5);
  await flush();
  const bytes = server.photos.get(hash);
  assert.ok(bytes);
  server.photos.clear();
  await within(["photos"], "readwrite", (tx) => tx.objectStore("photos").delete(hash));
  await sealed([hash]);
  await flush();
  assert.ok(isAbsent(uploads.value.get(hash)));
  assert.equal(outbox.value[0]?.state, "received");
  assert.ok(nextTry.value > 0, "asked about again");
  server.photos.set(hash, bytes);
  await flush();
  assert.equal(outbox.value[0]?.state, "complete");
});

test("a photo this phone never heard of is left to the server", async () => {
  const hash = "f".repeat(64);
  await sealed([hash]);
  await flush();
  assert.equal(outbox.value[0]?.state, "received");
  server.photos.set(hash, new Uint8Array(5));
  await flush();
  assert.equal(outbox.value[0]?.state, "complete");
});

/** What the server says when asked who is signed in. */
const stillLi = { session: { account: { id: LI, name: "李" }, csrf_token: "new" } };

/**
 * The same answer to requests that begin so, fifty times at most: a loop without end is a failure, not a halt.
 * @param {string} begin
 * @param {() => Response} answer
 * @returns {Server["line"]}
 */
function always(begin, answer) {
  let left = 50;
  return ({ method, path }) =>
    `${method} ${path}`.startsWith(begin) && left-- > 0 ? Promise.resolve(answer()) : null;
}
