import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { deleteDB, openDB } from "../../static/vendor/idb.js";
import { effect } from "../../static/vendor/signals-core.js";
import { judged } from "../../static/js/model/answer_row.js";
import { close, storageFault } from "../../static/js/store/database.js";
import { VERSION, migrate } from "../../static/js/store/migrations.js";
import { openDraft } from "../../static/js/store/open_draft.js";
import { keepPhoto, photoOf, uploadsOf } from "../../static/js/store/photos.js";
import { erase, hasUnsent, releasePixels } from "../../static/js/store/purge.js";
import { outboxOf, seal } from "../../static/js/store/outbox.js";
import { forget } from "../../static/js/store/vault.js";
import { discardVisit, keepNewVisit, visitHere, visitsOf } from "../../static/js/store/visits.js";
import { KC, LI, NOON, VISIT, ZHAO, itemOf, outboxRow, row, slot, visit } from "./makers.js";

beforeEach(async () => {
  await close();
  await deleteDB("mingcha");
  forget();
});
afterEach(close);

/** Li's draft, opened. */
async function opened() {
  await keepNewVisit(visit());
  const stored = await visitHere(LI, VISIT);
  assert.ok(stored);
  return openDraft(stored, KC);
}

/** @param {string} sha256 @param {string} [item] */
function taken(sha256, item = "KC-E-01") {
  const bytes = new ArrayBuffer(5);
  const upload = { sha256, account: LI, visit: VISIT, size: 5, offset: 0, problem: "" };
  return {
    slot: slot(item, { sha256 }),
    photo: { format: /** @type {const} */ (1), sha256, bytes, thumb: bytes },
    upload: {
      format: /** @type {const} */ (1),
      ...upload,
      state: /** @type {const} */ ("waiting"),
    },
  };
}

test("every change is in the database when it says so, and comes back as it was", async () => {
  const draft = await opened();
  const item = itemOf(KC, "KC-E-01");
  draft.put([{ ...judged(draft.row(item.code), "loss", item), count: 2, note: "两处" }], {
    at: { section: "environment", item: item.code },
  });
  assert.equal(draft.saved.value.state, "saving");
  assert.ok(await draft.settled());
  const again = await visitHere(LI, VISIT);
  assert.equal(again?.rows[0]?.count, 2);
  assert.equal(again?.rows[0]?.note, "两处");
  assert.deepEqual(again?.visit.at, { section: "environment", item: "KC-E-01" });
  assert.equal(again?.visit.saves, 1);
});

test("a sealed visit stays as it was sent", async () => {
  const draft = await opened();
  draft.visit.value = { ...draft.visit.value, state: "sealed" };
  draft.put([row("KC-E-01", { verdict: "pass" })]);
  assert.equal(draft.row("KC-E-01").verdict, null);
  assert.equal((await visitHere(LI, VISIT))?.rows.length, 0);
});

test("the running score follows every answer", async () => {
  const draft = await opened();
  assert.equal(draft.card.value.raw, 10_000);
  draft.put([row("KC-E-01", { verdict: "loss", count: 2 })]);
  assert.equal(draft.card.value.raw, 9800);
  draft.put([row("KC-V-01", { verdict: "loss" })]);
  assert.equal(draft.card.value.raw, 9800, "a finding half entered costs nothing yet");
  assert.equal(draft.card.value.items.find((one) => one.item === "KC-V-01")?.status, "unanswered");
  await draft.settled();
});

test("a hundred quick changes end as the last one", async () => {
  const draft = await opened();
  for (let count = 1; count <= 100; count += 1)
    draft.put([row("KC-E-01", { verdict: "loss", count })]);
  assert.ok(await draft.settled());
  assert.equal((await visitHere(LI, VISIT))?.rows[0]?.count, 100);
});

test("what changes while something is written is not called saved before it is", async (context) => {
  const draft = await opened();
  const start = Date.parse("2026-11-18T05:00:00Z");
  context.mock.timers.enable({ apis: ["Date"], now: start });
  /** @type {string[]} */
  const said = [];
  const stop = effect(() => void said.push(`${draft.saved.value.state} ${draft.saved.value.at}`));
  draft.put([row("KC-E-01", { verdict: "pass" })]);
  context.mock.timers.tick(1000);
  draft.put([row("KC-E-02", { verdict: "pass" })]);
  assert.ok(await draft.settled());
  stop();
  assert.deepEqual(said, [
    `saved ${NOON}`,
    `saving ${NOON}`,
    "saving 2026-11-18T05:00:00.000Z",
    "saved 2026-11-18T05:00:01.000Z",
  ]);
});

test("what cannot be stored is said, kept and tried again", async (context) => {
  const draft = await opened();
  const put = context.mock.method(globalThis.IDBObjectStore.prototype, "put", () => {
    throw new DOMException("full", "QuotaExceededError");
  });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  draft.put([row("KC-E-01", { verdict: "pass" })]);
  assert.equal(await draft.settled(), false);
  assert.equal(storageFault.value, "QuotaExceededError");
  put.mock.restore();
  context.mock.timers.reset();
  draft.put([row("KC-E-02", { verdict: "pass" })]);
  assert.ok(await draft.settled());
  assert.equal((await visitHere(LI, VISIT))?.rows.length, 2);
  assert.equal(storageFault.value, "");
});

test("another account never sees a draft", async () => {
  await opened();
  assert.equal(await visitHere(ZHAO, VISIT), undefined);
  assert.deepEqual(await visitsOf(ZHAO), []);
});

test("an assignment begun twice is one visit", async () => {
  const first = await keepNewVisit(visit());
  const second = await keepNewVisit(visit({ id: VISIT.replace("1", "2") }));
  assert.equal(second.id, first.id);
  assert.equal((await visitsOf(LI)).length, 1);
});

test("a draft thrown away takes its photos along, but not those another visit holds", async () => {
  await opened();
  await keepPhoto(taken("a".repeat(64)));
  await keepPhoto(taken("b".repeat(64)));
  const other = {
    ...taken("b".repeat(64)),
    slot: slot("KC-E-01", { sha256: "b".repeat(64), visit: "other" }),
  };
  await keepPhoto(other);
  await discardVisit(VISIT);
  assert.equal(await visitHere(LI, VISIT), undefined);
  assert.equal(await photoOf("a".repeat(64)), undefined);
  assert.ok(await photoOf("b".repeat(64)));
});

test("a photo chosen again does not travel again", async () => {
  await opened();
  const photo = taken("a".repeat(64));
  await keepPhoto({ ...photo, upload: { ...photo.upload, state: "here", offset: 5 } });
  await keepPhoto(taken("a".repeat(64), "KC-E-02"));
  assert.equal((await uploadsOf(LI))[0]?.state, "here");
});

test("pixels go a week after the server called the visit complete, not a day before", async () => {
  const sha256 = "a".repeat(64);
  const completed_at = "2026-11-18T00:00:00Z";
  await keepNewVisit(visit());
  await keepPhoto(taken(sha256));
  await seal(
    visit({ state: "sealed" }),
    outboxRow({ state: "complete", photos: [sha256], completed_at }),
  );
  await releasePixels(LI, Date.parse("2026-11-24T23:00:00Z"));
  assert.ok((await photoOf(sha256))?.bytes);
  await releasePixels(LI, Date.parse("2026-11-25T01:00:00Z"));
  assert.equal((await photoOf(sha256))?.bytes, null);
  assert.ok((await photoOf(sha256))?.thumb);
});

test("what one account leaves is gone after erasing it, and another's work stays", async () => {
  await opened();
  await keepPhoto(taken("a".repeat(64)));
  const going = VISIT.replace("1", "2");
  await seal(visit({ id: going, state: "sealed" }), outboxRow({ visit: going, state: "received" }));
  const other = VISIT.replace("1", "3");
  await keepNewVisit(visit({ id: other, account: ZHAO }));
  assert.ok(await hasUnsent(LI));
  await erase(LI);
  forget();
  assert.equal(await hasUnsent(LI), false);
  assert.deepEqual([await outboxOf(LI), await visitsOf(LI), await uploadsOf(LI)], [[], [], []]);
  assert.equal(await photoOf("a".repeat(64)), undefined);
  assert.deepEqual(
    (await visitsOf(ZHAO)).map((one) => one.id),
    [other],
  );
});

test("a newer app's database still opens after the server went back a release", async () => {
  const newer = await openDB("mingcha", VERSION + 1, {
    upgrade(db) {
      migrate(/** @type {any} */ (db), 0);
      db.createObjectStore("later");
    },
  });
  await newer.put("visits", visit());
  newer.close();
  assert.equal((await visitsOf(LI)).length, 1);
});
