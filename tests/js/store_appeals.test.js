/** @import {StoreAppeal} from "../../static/js/types.js" */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { isDecided, stepsOf, stillOpen } from "../../static/js/model/store_appeal.js";
import { keepRow, pictureOf } from "../../static/js/store/sealed_rows.js";
import { flushSendings, recallSendings, sendings, toldOf } from "../../static/js/sync/sendings.js";
import { lookAtMore } from "../../static/js/sync/staff_more.js";
import {
  appealPicture,
  appeals,
  appealsFetching,
  recallAppeals,
  refreshAppeals,
} from "../../static/js/sync/store_appeals.js";
import { parseRoute } from "../../static/js/ui/route.js";
import { LI, NOON, ZHAO } from "./makers.js";
import { json, portal } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, SENDING, StoreServer, line, notice, sendingRow } from "./store_makers.js";

const APPEAL = "fedcba9876543210fedcba9876543210";
const NOW = Date.parse(NOON);

/** @param {Partial<StoreAppeal>} [facts] @returns {StoreAppeal} */
function appeal(facts = {}) {
  const texts = { problem: "缺失", ground: "facts", text: "在二楼", reason: "" };
  const scores = { old_lost: 200, new_lost: null };
  const times = { filed_at: NOON, opinion_due_at: NOON, decision_due_at: NOON, decided_at: null };
  const named = { id: APPEAL, notice: "n", number: "1号", line: 1, filed_by: "陈洁" };
  const rest = {
    photos: 0,
    frozen: true,
    amended: "",
    amended_number: "",
    notice_void: false,
    can_say: true,
  };
  const title = { zh: "擦鞋机", en: "Shoe polisher" };
  return {
    ...named,
    ...texts,
    ...scores,
    ...times,
    ...rest,
    ...facts,
    title,
    state: "filed",
    files: [],
    messages: [],
    ...facts,
  };
}

/** @type {StoreServer} */
let server;
/** @type {StoreAppeal[]} */
let filed;
/** How often the list travelled whole. */
let whole = 0;

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  filed = [appeal()];
  whole = 0;
  server.line = ({ path }) => (path === "/api/store-appeals" ? Promise.resolve(list()) : null);
  server.listen();
  appeals.value = null;
});
afterEach(signedOut);

function list() {
  whole += 1;
  const answer = json(200, { appeals: filed });
  answer.headers.set("etag", `"${whole}"`);
  return answer;
}

test("appeals are fetched, kept sealed and read again without a network", async () => {
  await refreshAppeals(LI);
  assert.deepEqual(appeals.value?.data, filed);
  server.line = () => Promise.reject(new TypeError("no network"));
  appeals.value = null;
  await recallAppeals(LI);
  assert.deepEqual(appeals.value?.data, filed);
  await assert.rejects(refreshAppeals(LI));
  assert.deepEqual([appealsFetching.value, appeals.value?.data], ["failed", filed]);
});

test("what is here already does not travel again", async () => {
  await refreshAppeals(LI);
  server.line = (_request) => Promise.resolve(new Response(null, { status: 304 }));
  await refreshAppeals(LI);
  assert.deepEqual([appeals.value?.data, whole], [filed, 1]);
});

test("a page in between is no list, and another person's is not shown", async () => {
  server.line = () => Promise.resolve(portal());
  await assert.rejects(refreshAppeals(LI));
  server.line = () => Promise.resolve(json(200, { other: [] }));
  await assert.rejects(refreshAppeals(LI));
  assert.equal(appeals.value, null);
  server.line = () => Promise.resolve(list());
  await assert.rejects(refreshAppeals(ZHAO));
  assert.equal(appeals.value, null);
});

test("what arrives from this phone is looked for in the list", async () => {
  await recallSendings(LI);
  await lookAtMore(LI);
  const before = whole;
  const facts = { kind: /** @type {const} */ ("appeal"), line: 1 };
  const path = `/api/store-notices/${NOTICE}/lines/1/appeals/${SENDING}`;
  await keepRow("sendings", LI, SENDING, sendingRow({ ...facts, path }));
  await flushSendings();
  assert.deepEqual([sendings.value[0]?.state, toldOf.value], ["received", []]);
  assert.equal(whole, before + 1);
});

test("a photo of an appeal is fetched once and kept", async () => {
  server.line = () => Promise.resolve(new Response(new Uint8Array([255, 216])));
  const first = await appealPicture(LI, APPEAL, 1);
  server.line = () => Promise.reject(new TypeError("no network"));
  const again = await appealPicture(LI, APPEAL, 1);
  assert.deepEqual([first?.byteLength, again?.byteLength], [2, 2]);
  assert.equal((await pictureOf(`${LI}/appeals/${APPEAL}/1`))?.byteLength, 2);
});

test("an appeal goes three steps, and none once it was taken back", () => {
  const steps = (/** @type {string} */ state) => stepsOf(appeal({ state }));
  assert.deepEqual(steps("filed"), ["on", "now", ""]);
  assert.deepEqual(steps("advised"), ["on", "on", "now"]);
  assert.deepEqual(steps("partly"), ["on", "on", "on"]);
  assert.deepEqual(steps("withdrawn"), []);
  assert.deepEqual(
    ["filed", "upheld"].map((state) => isDecided({ state })),
    [false, true],
  );
});

test("what may still be appealed against is listed, the nearest end first", () => {
  const follow = (/** @type {number} */ no, /** @type {object} */ facts) =>
    /** @type {any} */ ({ no, appeal: "", appeal_closes_at: null, ...facts });
  const at = (/** @type {number} */ hours) => new Date(NOW + hours * 3_600_000).toISOString();
  const open = notice({
    lines: [1, 2, 3, 4].map((no) => line(no)),
    follow: [
      follow(1, { appeal_closes_at: at(9) }),
      follow(2, { appeal_closes_at: at(2) }),
      follow(3, { appeal_closes_at: at(-1) }),
      follow(4, { appeal_closes_at: at(5), appeal: APPEAL }),
    ],
  });
  const over = notice({ ...open, state: "closed" });
  assert.deepEqual(
    stillOpen([open, over], NOW).map((found) => found.line.no),
    [2, 1],
  );
});

test("an appeal has an address of its own", () => {
  const found = { name: "appeal", visit: APPEAL, section: "" };
  assert.deepEqual(parseRoute(`#/appeals/${APPEAL}/appeal`), found);
  assert.equal(parseRoute("#/appeals").name, "appeals");
});

test("two looks at once are one", async () => {
  const before = whole;
  await Promise.all([lookAtMore(LI), lookAtMore(LI)]);
  assert.equal(whole, before + 1);
});
