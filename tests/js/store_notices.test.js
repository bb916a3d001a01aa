import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { clockError, spoken, timeLeft } from "../../static/js/model/countdown.js";
import {
  barOf,
  byDeadline,
  counts,
  firstDue,
  nextLine,
  progressOf,
  worthKeeping,
} from "../../static/js/model/store_notice.js";
import { erase } from "../../static/js/store/purge.js";
import { keepRow, pictureOf, rowsOf } from "../../static/js/store/sealed_rows.js";
import { within } from "../../static/js/store/database.js";
import { flushSendings, recallSendings } from "../../static/js/sync/sendings.js";
import { signFor } from "../../static/js/sync/signing.js";
import {
  linePicture,
  needNotice,
  notices,
  noticesHere,
  recallNotices,
  picturesFetched,
  refreshNotices,
} from "../../static/js/sync/store_notices.js";
import { fetchVerdictPictures, verdictPicture } from "../../static/js/sync/verdict_pictures.js";
import { LI, ZHAO } from "./makers.js";
import { nobody, portal, problem } from "./server_double.js";
import { signedIn, signedOut } from "./signed_in.js";
import { NOTICE, StoreServer, line, listing, notice, sendingRow } from "./store_makers.js";

const NOW = Date.parse("2026-11-18T04:00:00Z");
const HOUR = 3_600_000;

/** @type {StoreServer} */
let server;

beforeEach(async () => {
  await signedIn();
  server = new StoreServer();
  server.listen();
  await recallNotices(LI);
  await recallSendings(LI);
});
afterEach(signedOut);

test("what is left is said in its two largest parts and never rounded up", () => {
  const left = (/** @type {number} */ ms) => spoken(timeLeft(NOW + ms, NOW));
  assert.deepEqual(left(45 * HOUR + 59_000), [
    ["d", 1],
    ["h", 21],
  ]);
  assert.deepEqual(left(48 * HOUR), [["d", 2]]);
  assert.deepEqual(left(18 * HOUR + 25 * 60_000 + 59_999), [
    ["h", 18],
    ["m", 25],
  ]);
  assert.deepEqual(left(HOUR), [["h", 1]]);
  assert.deepEqual(left(59_999), [["m", 0]]);
  assert.equal(timeLeft(NOW, NOW).late, false);
  assert.equal(timeLeft(NOW - 1, NOW).late, true);
});

test("a clock that is off is only worth a word where deadlines would look wrong", () => {
  assert.deepEqual([0, 119_000, 120_000, -7 * 60_000].map(clockError), [0, 0, 2, 7]);
});

test("how far a notice is follows from its lines, the most urgent first", () => {
  const at = (/** @type {string[]} */ ...states) =>
    progressOf(
      notice({
        lines: states.map((_, n) => line(n + 1)),
        follow: /** @type {any} */ (states.map((state, n) => ({ no: n + 1, state }))),
      }),
    );
  assert.deepEqual(at("returned", "open"), { progress: "returned", settled: 0 });
  assert.deepEqual(at("open", "verified"), { progress: "responding", settled: 1 });
  assert.deepEqual(at("submitted", "verified"), { progress: "submitted", settled: 1 });
  assert.deepEqual(at("verified", "verified"), { progress: "verified", settled: 2 });
  assert.deepEqual(progressOf(notice()), { progress: "responding", settled: 0 });
});

test("lines are counted, grouped and ordered by their deadlines", () => {
  const lines = [
    line(1, { due_at: "2026-11-21T04:00:00Z" }),
    line(2),
    line(3),
    line(4, { due_at: "2026-11-17T04:00:00Z" }),
  ];
  const whole = notice({ lines });
  assert.deepEqual(
    byDeadline(whole).map((group) => group.map(({ no }) => no)),
    [[4], [2, 3], [1]],
  );
  assert.deepEqual(counts([whole, notice({ state: "closed" })], NOW), {
    open: 3,
    submitted: 0,
    returned: 0,
    overdue: 1,
  });
  assert.equal(nextLine(whole, NOW)?.no, 4);
  assert.equal(nextLine(notice({ state: "void" }), NOW), undefined);
  assert.equal(firstDue(notice({ lines: [] }), NOW), undefined);
  assert.deepEqual(firstDue(notice(), NOW), { due_at: "2026-11-19T04:00:00Z", n: 2 });
});

test("the bar shows what was kept of each section, and one that was not scored as such", () => {
  const of = { title: "", full: "", score: "", lost: "", lost_hundredths: 0 };
  const scored = { ...of, full_hundredths: 2000, score_hundredths: 1950 };
  const apart = { ...of, full_hundredths: 400, score_hundredths: null };
  assert.deepEqual(barOf([scored, apart]), [
    { full: 2000, kept: 98, seen: 100 },
    { full: 400, kept: 0, seen: 0 },
  ]);
});

test("open notices are kept however old they are, of the others the latest few", () => {
  const listed = ["closed", "closed", "issued"].map((state, n) =>
    listing(notice({ id: String(n), state })),
  );
  assert.deepEqual(
    worthKeeping(listed, 1).map(({ id }) => id),
    ["0", "2"],
  );
});

test("a notice and its photos are read without a network", async () => {
  await refreshNotices(LI);
  await picturesFetched();
  server.line = nobody;
  await recallNotices(LI);
  assert.equal(notices.value?.data.length, 1);
  assert.equal(noticesHere.value.get(NOTICE)?.notice.lines.length, 2);
  assert.equal((await linePicture(LI, NOTICE, 1, 1))?.byteLength, 3);
  await assert.rejects(refreshNotices(LI));
  assert.equal(notices.value?.data.length, 1, "what was there is there still");
});

test("what has not changed does not travel again, and what has does", async () => {
  await refreshNotices(LI);
  await picturesFetched();
  server.asked = [];
  await refreshNotices(LI);
  assert.deepEqual(server.asked, ["GET /api/store-notices"]);
  server.notices = [notice({ state: "closed" })];
  await refreshNotices(LI);
  assert.equal(noticesHere.value.get(NOTICE)?.notice.state, "closed");
});

test("a fetch under way when something changed is followed by another", async () => {
  const first = refreshNotices(LI);
  server.notices = [notice({ state: "closed" })];
  await Promise.all([first, refreshNotices(LI)]);
  assert.equal(notices.value?.data[0]?.state, "closed");
  assert.equal(server.asked.filter((asked) => asked === "GET /api/store-notices").length, 2);
});

test("a notice the store no longer has leaves the phone", async () => {
  await refreshNotices(LI);
  server.notices = [];
  await refreshNotices(LI);
  assert.equal(noticesHere.value.size, 0);
  await recallNotices(LI);
  assert.equal(noticesHere.value.size, 0);
});

test("a hotel's page is no list", async () => {
  server.line = async () => portal();
  await assert.rejects(refreshNotices(LI));
  assert.equal(notices.value, null);
});

test("an old notice is fetched when it is opened, and once", async () => {
  await needNotice(LI, NOTICE);
  await refreshNotices(LI);
  server.asked = [];
  await needNotice(LI, NOTICE);
  assert.deepEqual(server.asked, []);
});

test("nothing of a notice lies readable on the phone", async () => {
  await refreshNotices(LI);
  await signFor(LI, notice());
  await flushSendings();
  const all = await within(["notices", "pictures", "sendings", "meta"], "readonly", async (tx) =>
    Promise.all(
      /** @type {const} */ (["notices", "pictures", "sendings", "meta"]).map((name) =>
        tx.objectStore(name).getAll(),
      ),
    ),
  );
  const text = JSON.stringify(all, (_, value) =>
    value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value,
  );
  for (const canary of ["云汀路", "过期折页", "甘移服整", "signed"])
    assert.ok(!text.includes(canary), canary);
});

test("another account reads nothing of it, and after signing out nobody does", async () => {
  await refreshNotices(LI);
  await recallNotices(ZHAO);
  assert.equal(notices.value, null);
  assert.equal(noticesHere.value.size, 0);
  await keepRow("sendings", ZHAO, "other", sendingRow({ id: "other", account: ZHAO }));
  await erase(LI);
  assert.deepEqual(await rowsOf("notices", LI).catch(() => []), []);
  assert.equal(await pictureOf(`${LI}/${NOTICE}/1-1`), undefined);
  assert.equal((await rowsOf("sendings", ZHAO)).length, 1, "another person's stays");
});

test("the photos of a look at the store are read without a network, those its staff may see", async () => {
  const facts = {
    attempt: 1,
    accepted: false,
    reason: "仍有破损",
    decided_at: "2026-11-20T04:00:00Z",
  };
  const looked = /** @type {const} */ ({
    ...facts,
    id: "f".repeat(32),
    way: "recheck",
    photos: [1],
  });
  const told = { ...facts, id: "e".repeat(32), way: "reply" };
  const follow = [{ no: 1, state: "returned", verdicts: [told, looked, facts] }];
  server.notices = [notice({ follow: /** @type {any} */ (follow) })];
  await refreshNotices(LI);
  await fetchVerdictPictures(LI);
  server.line = nobody;
  assert.equal((await verdictPicture(LI, looked, 1))?.byteLength, 3);
  await assert.rejects(verdictPicture(LI, looked, 2));
  const asked = server.asked.filter((one) => one.startsWith("GET /verdicts/"));
  assert.deepEqual([...new Set(asked.slice(0, -1))], [`GET /verdicts/${looked.id}/photos/1.jpg`]);
});

test("a photo the store may not see any more keeps no other away", async () => {
  const photos = { id: "f".repeat(32), photos: [1, 2] };
  const follow = [{ no: 1, state: "returned", verdicts: [photos] }];
  server.notices = [notice({ follow: /** @type {any} */ (follow) })];
  server.line = ({ path }) =>
    path.endsWith("photos/1.jpg") && path.startsWith("/verdicts")
      ? Promise.resolve(problem(404, "missing"))
      : null;
  await refreshNotices(LI);
  await fetchVerdictPictures(LI);
  server.line = nobody;
  assert.equal((await verdictPicture(LI, /** @type {any} */ (photos), 2))?.byteLength, 3);
});
