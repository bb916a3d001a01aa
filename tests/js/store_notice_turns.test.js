import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { rowsOf } from "../../static/js/store/sealed_rows.js";
import { account } from "../../static/js/sync/session.js";
import { recallNotices, refreshNotices } from "../../static/js/sync/store_notices.js";
import { LI, ZHAO } from "./makers.js";
import { signedIn, signedOut } from "./signed_in.js";
import { StoreServer } from "./store_makers.js";

beforeEach(async () => {
  await signedIn();
  new StoreServer().listen();
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
