import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { deleteDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { erase } from "../../static/js/store/purge.js";
import {
  endPush,
  lookAtPush,
  pushState,
  renewPush,
  turnPushOff,
  turnPushOn,
} from "../../static/js/sync/push.js";
import { account } from "../../static/js/sync/session.js";
import { LI, ZHAO } from "./makers.js";
import { json, problem } from "./server_double.js";

const KEY =
  "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const OTHER_KEY = KEY.replace("BCV", "BCW");

/** A browser's push manager: one subscription at a time, a new address for each. */
class Manager {
  made = 0;
  /** @type {any} */
  kept = null;

  async getSubscription() {
    return this.kept;
  }

  /** @param {{userVisibleOnly: boolean, applicationServerKey: Uint8Array}} options */
  async subscribe({ userVisibleOnly, applicationServerKey }) {
    assert.equal(userVisibleOnly, true);
    if (this.kept) return this.kept;
    const endpoint = `https://fcm.googleapis.com/${(this.made += 1)}`;
    const unsubscribe = async () => {
      this.kept = null;
      return true;
    };
    const options = { applicationServerKey: applicationServerKey.slice().buffer };
    const toJSON = () => ({ endpoint, keys: { p256dh: "point", auth: "secret" } });
    return (this.kept = { endpoint, options, unsubscribe, toJSON });
  }
}

/** @type {Manager} */
let manager;
/** @type {string | null} */
let key;
/** @type {string[]} */
let asked;
/** @type {object[]} */
let told;
/** What the person says when asked. @type {NotificationPermission} */
let word;

/** The browser's word on notifications. @type {{permission: NotificationPermission, requestPermission: () => Promise<NotificationPermission>}} */
let browser;

/** @param {object} value */
function inNavigator(value) {
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
}

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  [manager, key, asked, told, word] = [new Manager(), KEY, [], [], "granted"];
  const registration = { pushManager: manager };
  inNavigator({ serviceWorker: { getRegistration: async () => registration } });
  const permission = /** @type {NotificationPermission} */ ("default");
  browser = {
    permission,
    requestPermission: async () => (browser.permission = word),
  };
  Object.assign(globalThis, { PushManager: Manager, Notification: browser });
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {RequestInit} */ options) => {
      asked.push(`${options.method} ${path}`);
      if (options.method === "PUT") told.push(JSON.parse(String(options.body)));
      if (path === "/api/push-key") return json(200, { key });
      return options.method === "DELETE" ? problem(404, "missing") : json(200, {});
    }
  );
  account.value = /** @type {any} */ ({ id: LI });
});

test("nobody is asked for permission until they switch it on", async () => {
  await lookAtPush();
  assert.deepEqual([pushState.value, browser.permission, asked], ["off", "default", []]);
  await renewPush(LI);
  assert.deepEqual([manager.made, asked], [0, []]);
});

test("switched on, the browser subscribes under the server's key and the server is told", async () => {
  await turnPushOn();
  assert.equal(pushState.value, "on");
  assert.deepEqual(told, [
    { endpoint: "https://fcm.googleapis.com/1", p256dh: "point", auth: "secret" },
  ]);
  const used = Buffer.from(manager.kept.options.applicationServerKey).toString("base64url");
  assert.equal(used, KEY);
});

test("switched off, nothing reaches the browser, whatever the server says", async () => {
  await turnPushOn();
  await turnPushOff();
  assert.deepEqual([pushState.value, manager.kept], ["off", null]);
  assert.equal(asked.at(-1), "DELETE /api/push-subscription");
  await renewPush(LI);
  assert.equal(manager.kept, null);
});

test("a no of the person is taken, and refused for good it is said", async () => {
  word = "default";
  await turnPushOn();
  assert.deepEqual([pushState.value, asked], ["off", []]);
  word = "denied";
  await turnPushOn();
  assert.deepEqual([pushState.value, asked], ["refused", []]);
});

test("what stands in the way is told apart", async () => {
  inNavigator({ standalone: false });
  await lookAtPush();
  assert.equal(pushState.value, "install");
  inNavigator({});
  await lookAtPush();
  assert.equal(pushState.value, "unsupported");
});

test("a server that tells nobody is said to be one", async () => {
  key = null;
  await turnPushOn();
  assert.deepEqual([pushState.value, manager.made], ["unavailable", 0]);
});

test("every start tells the server again, under its key of today", async () => {
  await turnPushOn();
  await renewPush(LI);
  assert.deepEqual([told.length, manager.made], [2, 1]);
  key = OTHER_KEY;
  await renewPush(LI);
  assert.deepEqual([told.length, manager.made], [3, 2]);
});

test("it is one person's: another one on the phone has it off, and erasing ends it", async () => {
  await turnPushOn();
  account.value = /** @type {any} */ ({ id: ZHAO });
  await lookAtPush();
  assert.equal(pushState.value, "off");
  await renewPush(ZHAO);
  assert.equal(told.length, 1);
  account.value = /** @type {any} */ ({ id: LI });
  await erase(LI);
  await endPush();
  await lookAtPush();
  assert.deepEqual([pushState.value, manager.kept], ["off", null]);
});
