import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { rowsOf } from "../../static/js/store/sealed_rows.js";
import { account } from "../../static/js/sync/session.js";
import {
  linePicture,
  noticesHere,
  picturesFetched,
  recallNotices,
  refreshNotices,
} from "../../static/js/sync/store_notices.js";
import { LI, ZHAO } from "./makers.js";
import { nobody } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer } from "./store_makers.js";

/** @type {StoreServer} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  server.listen();
  await recallNotices(LI);
});
afterEach(signedOut);

test("whoever signs in while another's notices are fetched gets their own", async () => {
  const before = refreshNotices(LI);
  account.value = { id: ZHAO, name: "赵", role: "store_staff", pseudonym: null, language: "zh-CN" };
  await refreshNotices(ZHAO);
  await before;
  assert.equal((await rowsOf("notices", ZHAO)).length, 1);
  assert.deepEqual(await rowsOf("notices", LI), []);
});

test("nobody who waits for the notices waits for their pictures", async () => {
  /** @type {(() => void)[]} */
  const held = [];
  server.line = ({ path }, answer) =>
    path.endsWith(".jpg")
      ? new Promise((arrive) => held.push(() => void answer().then(arrive)))
      : null;
  await refreshNotices(LI);
  assert.equal(noticesHere.value.size, 1);
  while (!held.length) await new Promise((soon) => setTimeout(soon, 5));
  for (const arrive of held) arrive();
  await picturesFetched();
  server.line = nobody;
  assert.equal((await linePicture(LI, NOTICE, 1, 1))?.byteLength, 3);
});
