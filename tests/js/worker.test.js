import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

/** The service worker as a browser runs it, with what it shows and opens. */
function worker(/** @type {{url: string}[]} */ windows = []) {
  /** @type {Record<string, (event: any) => void>} */
  const heard = {};
  /** @type {any[]} */
  const shown = [];
  /** @type {string[]} */
  const went = [];
  const open = windows.map(({ url }) => ({
    url,
    focus: async () => went.push(`focus ${url}`),
    navigate: async (/** @type {string} */ to) => went.push(`navigate ${to}`),
  }));
  const self = {
    addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) =>
      (heard[name] = listener),
    registration: {
      showNotification: async (/** @type {string} */ title, /** @type {object} */ how) =>
        shown.push({ title, ...how }),
    },
    clients: {
      matchAll: async () => open,
      openWindow: async (/** @type {string} */ url) => went.push(`open ${url}`),
    },
  };
  vm.runInNewContext(readFileSync("static/sw.js", "utf8"), { self, URL, Request, fetch });
  const dispatch = async (/** @type {string} */ name, /** @type {object} */ event) => {
    /** @type {Promise<unknown>[]} */
    const work = [];
    heard[name]?.({ ...event, waitUntil: (/** @type {Promise<unknown>} */ one) => work.push(one) });
    assert.equal(work.length, 1);
    await Promise.all(work);
  };
  return { dispatch, shown, went };
}

test("a message is shown as it was written, later ones in its place", async () => {
  const { dispatch, shown } = worker();
  const message = { kind: "assignments", language: "en", title: "Reminder", body: "Something" };
  await dispatch("push", { data: { json: () => message } });
  // The worker's objects come from a world of their own.
  assert.deepEqual(JSON.parse(JSON.stringify(shown)), [
    {
      title: "Reminder",
      body: "Something",
      lang: "en",
      tag: "assignments",
      icon: "icons/app-192.png",
      data: { path: "/app/" },
    },
  ]);
});

test("a message that cannot be read shows the app's name and no more", async () => {
  const broken = () => {
    throw new SyntaxError("no JSON");
  };
  for (const data of [null, { json: broken }, { json: () => null }]) {
    const { dispatch, shown } = worker();
    await dispatch("push", { data });
    assert.deepEqual([shown.length, shown[0].title, shown[0].body], [1, "明察 Mingcha", ""]);
  }
});

test("a tap closes the notification and goes to the app, open or not", async () => {
  let closed = 0;
  const notification = { close: () => (closed += 1) };
  const app = "https://mingcha.test/app/#/tasks";
  const there = worker([{ url: "https://mingcha.test/visits" }, { url: app }]);
  await there.dispatch("notificationclick", { notification });
  assert.deepEqual(there.went, [`focus ${app}`]);
  const elsewhere = worker([{ url: "https://mingcha.test/visits" }]);
  await elsewhere.dispatch("notificationclick", { notification });
  assert.deepEqual([elsewhere.went, closed], [["open /app/"], 2]);
});

test("a tap on what names a screen of the app leads there, and nowhere else", async () => {
  const screen = "/app/#/notices/0123abcd/notice";
  const notification = { close: () => undefined, data: { path: screen } };
  const app = "https://mingcha.test/app/#/tasks";
  const there = worker([{ url: app }]);
  await there.dispatch("notificationclick", { notification });
  assert.deepEqual(there.went, [`focus ${app}`, `navigate ${screen}`]);
  const closed = worker();
  await closed.dispatch("notificationclick", { notification });
  assert.deepEqual(closed.went, [`open ${screen}`]);
  const odd = worker();
  await odd.dispatch("notificationclick", {
    notification: { ...notification, data: { path: '/app/#/x" onload=' } },
  });
  assert.deepEqual(odd.went, ["open /app/"]);
});
