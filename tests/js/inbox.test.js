/** @import {InboxMessage, StoreNotice} from "../../static/js/types.js" */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { placeOf } from "../../static/js/model/message_place.js";
import { inbox, readMessages, recallInbox, refreshInbox } from "../../static/js/sync/inbox.js";
import { unread } from "../../static/js/sync/noted.js";
import { LI, NOON } from "./makers.js";
import { json, nobody } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer, notice } from "./store_makers.js";

/** @type {StoreServer} */
let server;
/** @type {InboxMessage[]} */
let told;
/** What the phone said was read, each time. @type {string[][]} */
let said;

/** @param {string} id @returns {InboxMessage} */
function message(id) {
  return { id, title: "新通知", body: "6 项", path: `/notices/${NOTICE}`, at: NOON, read: false };
}

/** The inbox of the server: what is told to be read is. */
const line = (/** @type {{method: string, path: string}} */ { method, path }) => {
  if (path === "/api/inbox") return Promise.resolve(json(200, { messages: told, unread: 2 }));
  if (path !== "/api/inbox/read" || method !== "PUT") return null;
  const read = server.asked.length;
  said.push([String(read)]);
  told = told.map((one) => ({ ...one, read: true }));
  return Promise.resolve(json(200, { unread: 0 }));
};

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  told = [message("a"), message("b")];
  said = [];
  server.line = line;
  server.listen();
});
afterEach(signedOut);

test("what one was told is kept to be read without a network, and counted", async () => {
  await refreshInbox(LI);
  assert.deepEqual([inbox.value?.length, unread.value], [2, 2]);
  server.line = nobody;
  await assert.rejects(refreshInbox(LI));
  await recallInbox(LI);
  assert.deepEqual(
    inbox.value?.map(({ id }) => id),
    ["a", "b"],
  );
});

test("what is read without a network is read at once, and told when there is one", async () => {
  await refreshInbox(LI);
  server.line = nobody;
  await readMessages(LI, ["a"]);
  assert.deepEqual([unread.value, inbox.value?.[0]?.read], [1, true]);
  await recallInbox(LI);
  assert.deepEqual([unread.value, said], [1, []]);
  server.line = line;
  await refreshInbox(LI);
  assert.deepEqual([unread.value, said.length], [0, 1]);
  // Told once: nothing is left to tell.
  await refreshInbox(LI);
  await readMessages(LI, ["a"]);
  assert.equal(said.length, 1);
});

test("a message leads to its screen in the app, else to its page", () => {
  const follow = /** @type {any} */ ([{ no: 3, id: "11aa" }]);
  const here = /** @type {StoreNotice[]} */ ([notice({ follow })]);
  assert.equal(placeOf(`/notices/${NOTICE}`, here), `#/notices/${NOTICE}/notice`);
  assert.equal(placeOf("/notices/99ff/lines/2", here), "#/notices/99ff/line/2");
  assert.equal(placeOf("/appeals/22bb", here), "#/appeals/22bb/appeal");
  assert.equal(placeOf("/rectifications/11aa", here), `#/notices/${NOTICE}/line/3`);
  assert.equal(placeOf("/rectifications/33cc", here), "/rectifications/33cc");
  assert.equal(placeOf("/me/notifications", here), "/me/notifications");
});
