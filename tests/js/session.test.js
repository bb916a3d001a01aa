import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { readMeta } from "../../static/js/store/meta.js";
import { setPin, unlock } from "../../static/js/store/pin.js";
import { forget } from "../../static/js/store/vault.js";
import { keepNewVisit, visitsOf } from "../../static/js/store/visits.js";
import { Refused, ask } from "../../static/js/sync/api.js";
import {
  account,
  checkSession,
  letIn,
  locked,
  restoreSession,
  signIn,
  signInWithoutPin,
  signOut,
  standing,
  startAnewWith,
} from "../../static/js/sync/session.js";
import { LI, ZHAO, visit } from "./makers.js";
import { json, problem } from "./server_double.js";

const PIN = "480215";

/** What the server answers to anything. @type {() => Promise<Response>} */
let answer;

/** How often this page was started anew. */
let anew = 0;

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
  account.value = locked.value = null;
  standing.value = "unknown";
  globalThis.fetch = /** @type {typeof fetch} */ (() => answer());
  anew = 0;
  startAnewWith(async () => {
    anew += 1;
    forget();
  });
});
afterEach(close);

/** @param {string} id */
function session(id) {
  const person = { id, name: id, role: "inspector", pseudonym: null, language: "zh-CN" };
  return async () =>
    json(200, { account: person, csrf_token: "t", expires_at: "", server_time: "" });
}

/** Li, signed in with a draft on the phone; behind a PIN and the page closed since, if wanted. */
async function liAtWork({ pin = false } = {}) {
  answer = session(LI);
  await signIn("li", "right");
  await keepNewVisit(visit());
  if (!pin) return;
  await setPin(LI, PIN);
  forget();
  account.value = null;
  await restoreSession();
}

test("behind a PIN nobody is let in, whatever the server says, until it is entered", async () => {
  await liAtWork({ pin: true });
  assert.deepEqual([account.value, locked.value?.id], [null, LI]);
  await checkSession();
  assert.deepEqual([account.value, locked.value?.id, anew], [null, LI, 0]);
  await unlock(LI, PIN);
  letIn();
  assert.deepEqual([account.value?.id, locked.value], [LI, null]);
  assert.equal((await visitsOf(LI)).length, 1);
});

test("an ended session asks for the password and keeps everything", async () => {
  await liAtWork();
  answer = async () => problem(401, "session.missing");
  await checkSession();
  assert.deepEqual([standing.value, account.value?.id], ["out", LI]);
  assert.equal((await visitsOf(LI)).length, 1);
});

/** Asks who we are and lets `meanwhile` happen before the answer comes. */
async function checkAround(
  /** @type {Response} */ late,
  /** @type {() => Promise<void>} */ meanwhile,
) {
  /** @type {(late: Response) => void} */
  let come = () => undefined;
  answer = () => new Promise((resolve) => (come = resolve));
  const checked = checkSession();
  await meanwhile();
  come(late);
  await checked;
}

for (const [said, other] of /** @type {const} */ ([
  ["nobody", null],
  ["somebody else", ZHAO],
]))
  test(`an answer older than the sign-in, naming ${said}, changes nothing`, async () => {
    const late = other
      ? json(200, { session: await (await session(other)()).json() })
      : json(200, { session: null });
    await checkAround(late, () => liAtWork());
    assert.deepEqual([account.value?.id, standing.value, anew], [LI, "in", 0]);
  });

test("an answer older than the sign-out brings nobody back", async () => {
  await liAtWork();
  const late = json(200, { session: await (await session(LI)()).json() });
  await checkAround(late, async () => {
    answer = async () => json(200, {});
    await signOut();
  });
  assert.deepEqual([account.value, standing.value], [null, "out"]);
});

for (const pin of [false, true])
  test(`a revoked session erases the phone at once, ${pin ? "locked" : "open"}`, async () => {
    await liAtWork({ pin });
    answer = async () => problem(401, "session.revoked");
    await assert.rejects(ask("GET", "/api/assignments"), Refused);
    assert.deepEqual([account.value, locked.value, standing.value], [null, null, "out"]);
    assert.deepEqual([await visitsOf(LI), await readMeta("session")], [[], undefined]);
    assert.equal(anew, 1);
    // Told so again, nobody is left to be erased, and the page stays.
    await assert.rejects(ask("GET", "/api/session"), Refused);
    assert.equal(anew, 1);
  });

test("a revoked phone shows nothing more, even where its rows cannot be erased", async (context) => {
  await liAtWork();
  answer = async () => problem(401, "session.revoked");
  context.mock.method(globalThis.IDBIndex.prototype, "getAllKeys", () => {
    throw new DOMException("broken", "UnknownError");
  });
  await assert.rejects(ask("GET", "/api/assignments"), /broken/);
  assert.deepEqual([account.value, standing.value, anew], [null, "out", 1]);
  assert.equal(await readMeta("session"), undefined);
  assert.deepEqual(await visitsOf(LI), [], "nobody can read what is left");
});

test("signing out leaves nothing, and not before the server agreed", async () => {
  await liAtWork();
  answer = () => Promise.reject(new TypeError("no line"));
  await assert.rejects(signOut());
  assert.equal((await visitsOf(LI)).length, 1);
  answer = async () => new Response(null, { status: 204 });
  await signOut();
  assert.deepEqual([await visitsOf(LI), await readMeta("session"), anew], [[], undefined, 1]);
});

test("another person starts with an empty page, and the first one's work waits sealed", async () => {
  await liAtWork();
  answer = session(ZHAO);
  await signIn("zhao", "right");
  assert.deepEqual([account.value?.id, anew], [ZHAO, 1]);
  assert.deepEqual(await visitsOf(ZHAO), []);
  answer = session(LI);
  await signIn("li", "right");
  assert.equal((await visitsOf(LI)).length, 1);
});

test("a forgotten PIN costs nothing before the server accepted the password of that person", async () => {
  await liAtWork({ pin: true });
  answer = async () => problem(401, "session.credentials");
  await assert.rejects(signInWithoutPin("li", "wrong"), Refused);
  answer = session(ZHAO);
  await signInWithoutPin("zhao", "right");
  assert.equal(account.value?.id, ZHAO);
  answer = session(LI);
  await signIn("li", "right");
  assert.equal(locked.value?.id, LI, "still there behind its PIN");
  await signInWithoutPin("li", "right");
  assert.deepEqual([account.value?.id, locked.value, await visitsOf(LI)], [LI, null, []]);
});
