import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB, openDB } from "../../static/vendor/idb.js";
import { pauseAfter, pinFault, stillToWait } from "../../static/js/model/pin_rules.js";
import { close, storageFault } from "../../static/js/store/database.js";
import { factOf, keepFact } from "../../static/js/store/facts.js";
import {
  TooSoon,
  WrongPin,
  changePin,
  guardOf,
  lockAfter,
  removePin,
  setPin,
  unlock,
} from "../../static/js/store/pin.js";
import { erase } from "../../static/js/store/purge.js";
import {
  Erased,
  Locked,
  destroyKey,
  forget,
  isLocked,
  keyRowOf,
  opened,
  sealed,
} from "../../static/js/store/vault.js";
import { keepNewVisit, keepVisit, visitHere } from "../../static/js/store/visits.js";
import { LI, VISIT, ZHAO, row, visit } from "./makers.js";

const PIN = "480215";

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
});
afterEach(close);

/** Li's draft behind a PIN, and the page closed since. */
async function lockedDraft() {
  await keepNewVisit(visit());
  await keepVisit(visit({ saves: 1 }), [row("KC-E-01", { note: "台阶有积雪" })]);
  await setPin(LI, PIN);
  forget();
}

/**
 * The phone is reported lost while a PIN is worked out.
 * @param {import("node:test").TestContext} context
 */
function lostDuring(context) {
  const slow = crypto.subtle.deriveBits.bind(crypto.subtle);
  context.mock.method(crypto.subtle, "deriveBits", async (...how) => {
    await destroyKey(LI);
    return slow(...how);
  });
}

test("what was sealed comes back as it was, and only for its account", async () => {
  const part = await sealed(LI, { note: "雪", at: null });
  assert.deepEqual(await opened(LI, part), { note: "雪", at: null });
  await assert.rejects(opened(ZHAO, part), Erased);
  const forged = { ...part, bytes: part.bytes.slice(0) };
  new Uint8Array(forged.bytes)[0] ^= 1;
  await assert.rejects(opened(LI, forged), { name: "OperationError" });
});

test("the same words never look the same", async () => {
  const [one, two] = [await sealed(LI, "雪"), await sealed(LI, "雪")];
  assert.notDeepEqual(new Uint8Array(one.bytes), new Uint8Array(two.bytes));
});

test("no key in the database can be taken out of the browser", async () => {
  await sealed(LI, 1);
  await setPin(LI, PIN);
  const db = await openDB("mingcha");
  const kept = await db.get("keys", LI);
  await sealed(ZHAO, 1);
  const open = await db.get("keys", ZHAO);
  db.close();
  for (const key of [kept.pin.pepper, open.door.under])
    await assert.rejects(crypto.subtle.exportKey("raw", key), { name: "InvalidAccessError" });
  assert.equal(kept.door, null, "with a PIN there is no other way in");
});

test("behind a PIN nothing opens, and with it everything does", async () => {
  await lockedDraft();
  assert.ok(await isLocked(LI));
  await assert.rejects(visitHere(LI, VISIT), Locked);
  await assert.rejects(keepVisit(visit()), Locked);
  await assert.rejects(unlock(LI, "480216"), WrongPin);
  await unlock(LI, PIN);
  assert.equal(await isLocked(LI), false);
  assert.equal((await visitHere(LI, VISIT))?.rows[0]?.note, "台阶有积雪");
});

test("wrong PINs slow down, also over a restart, and the right one starts anew", async (context) => {
  await lockedDraft();
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  for (let tries = 0; tries < 5; tries += 1) await assert.rejects(unlock(LI, "111222"), WrongPin);
  forget();
  await close();
  await assert.rejects(unlock(LI, PIN), TooSoon);
  assert.equal((await guardOf(LI)).wait, 30_000);
  context.mock.timers.tick(30_000);
  await assert.rejects(unlock(LI, "111222"), WrongPin);
  assert.equal((await guardOf(LI)).wait, 60_000);
  context.mock.timers.tick(60_000);
  await unlock(LI, PIN);
  assert.equal((await guardOf(LI)).wait, 0);
});

test("a try counts before it is made", async (context) => {
  await lockedDraft();
  context.mock.method(crypto.subtle, "deriveBits", () => Promise.reject(new Error("killed")));
  for (let tries = 0; tries < 5; tries += 1) await assert.rejects(unlock(LI, PIN), /killed/);
  await assert.rejects(unlock(LI, PIN), TooSoon);
});

test("two windows that try at once count two tries", async () => {
  await lockedDraft();
  await Promise.allSettled([unlock(LI, "111222"), unlock(LI, "111333")]);
  assert.equal((await keyRowOf(LI))?.pin?.wrong, 2);
  assert.equal(storageFault.value, "", "a wrong PIN is no fault of the storage");
});

for (const [what, go] of /** @type {const} */ ([
  ["opened", () => unlock(LI, PIN)],
  ["changed", () => changePin(LI, PIN, "902817")],
  ["taken away", () => removePin(LI, PIN)],
]))
  test(`a key destroyed while a PIN is being ${what} stays destroyed`, async (context) => {
    await lockedDraft();
    lostDuring(context);
    await assert.rejects(go(), Erased);
    assert.equal(await keyRowOf(LI), undefined);
  });

test("a key destroyed while a first PIN is being set stays destroyed", async (context) => {
  await keepNewVisit(visit());
  lostDuring(context);
  await assert.rejects(setPin(LI, PIN), Erased);
  assert.equal(await keyRowOf(LI), undefined);
});

test("a PIN is changed and taken away with itself only, and the content stays", async () => {
  await lockedDraft();
  await assert.rejects(setPin(LI, "902817"), Locked);
  await changePin(LI, PIN, "902817");
  await lockAfter(LI, 15);
  forget();
  await assert.rejects(unlock(LI, PIN), WrongPin);
  await assert.rejects(removePin(LI, PIN), WrongPin);
  assert.deepEqual(await guardOf(LI), { pin: true, platform: false, minutes: 15, wait: 0 });
  await removePin(LI, "902817");
  forget();
  assert.equal((await visitHere(LI, VISIT))?.rows[0]?.note, "台阶有积雪");
});

test("a forgotten PIN is given up with what was behind it; the account begins anew", async () => {
  await lockedDraft();
  await erase(LI);
  forget();
  assert.equal(await isLocked(LI), false);
  assert.equal(await visitHere(LI, VISIT), undefined);
  await keepNewVisit(visit());
  assert.ok(await visitHere(LI, VISIT));
});

test("a fact about somebody's work is sealed, and erased with it", async () => {
  await keepFact(LI, "restored", [{ store: "云汀路" }]);
  const db = await openDB("mingcha");
  assert.ok(!JSON.stringify(await db.getAll("meta")).includes("云汀路"));
  assert.deepEqual(await factOf(LI, "restored"), [{ store: "云汀路" }]);
  assert.equal(await factOf(ZHAO, "restored"), undefined);
  await erase(LI);
  forget();
  assert.equal(await factOf(LI, "restored"), undefined);
  assert.equal(await db.count("meta", `restored:${LI}`), 0);
  db.close();
});

test("a destroyed key is not written back by a window woken later", async () => {
  await sealed(LI, 1);
  const db = await openDB("mingcha");
  const row_before = await db.get("keys", LI);
  await db.delete("keys", LI);
  await db.put("meta", { key: `erased.${row_before.id}`, value: true });
  await close();
  // This window still has the key in hand.
  await visitHere(LI, VISIT);
  assert.equal(await db.get("keys", LI), undefined);
  db.close();
});

test("after erasing, this page writes nothing more for that account", async () => {
  await keepNewVisit(visit());
  await erase(LI);
  await assert.rejects(keepVisit(visit()), Erased);
});

for (const [pin, fault] of /** @type {const} */ ([
  ["48021", "short"],
  ["48021a", "digits"],
  ["000000", "easy"],
  ["123456", "easy"],
  ["987654", "easy"],
  ["121212", "easy"],
  ["123123", "easy"],
  ["480215", ""],
  ["13572468", ""],
]))
  test(`the PIN ${pin}: ${fault || "fine"}`, () => assert.equal(pinFault(pin), fault));

test("waits grow to an hour, and a clock set back makes none longer", () => {
  const minutes = [4, 5, 6, 7, 8, 9, 40].map((wrong) => pauseAfter(wrong) / 60_000);
  assert.deepEqual(minutes, [0, 0.5, 1, 5, 15, 60, 60]);
  assert.equal(stillToWait({ wrong: 5, until: 9_000_000 }, 0), 30_000);
});
