import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { unusablePlaces } from "../../static/js/model/unusable.js";
import { hasUnsent } from "../../static/js/store/purge.js";
import { flush, nextTry, outbox, unsent } from "../../static/js/sync/outbox.js";
import { uploads } from "../../static/js/sync/uploads.js";
import { photograph, sealed } from "./frozen.js";
import { LI } from "./makers.js";
import { Server, problem } from "./server_double.js";
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
