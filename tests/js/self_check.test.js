import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { lostItems, weekOf } from "../../static/js/model/self_check.js";
import { selfCheck } from "../../static/js/sync/noted.js";
import { checkMarks, markItem, recallCheck } from "../../static/js/sync/self_check.js";
import { serverNow } from "../../static/js/sync/server_now.js";
import { noticesHere } from "../../static/js/sync/store_notices.js";
import { parseRoute } from "../../static/js/ui/route.js";
import { LI } from "./makers.js";
import { signedIn, signedOut } from "./signed_in.js";
import { line, notice } from "./store_makers.js";

beforeEach(signedIn);
afterEach(async () => {
  noticesHere.value = new Map();
  await signedOut();
});

test("a week begins on Monday, in Shanghai", () => {
  assert.equal(weekOf(Date.parse("2026-11-22T15:59:59Z")), "2026-11-16");
  assert.equal(weekOf(Date.parse("2026-11-22T16:00:00Z")), "2026-11-23");
  assert.equal(weekOf(Date.parse("2027-01-01T04:00:00Z")), "2026-12-28");
});

test("each item is listed once, as the latest notice that still speaks has it", () => {
  const old = notice({ id: "old", issued_at: "2026-08-01T00:00:00Z", lines: [line(1), line(2)] });
  const now = notice({ id: "now", issued_at: "2026-11-01T00:00:00Z", lines: [line(2), line(3)] });
  const gone = notice({ id: "gone", state: "void", lines: [line(4)] });
  assert.deepEqual(
    lostItems([old, now, gone]).map((one) => [one.line.no, one.notice.id]),
    [
      [2, "now"],
      [3, "now"],
      [1, "old"],
    ],
  );
});

test("what was looked at is kept on the phone until the week is over", async () => {
  const here = notice();
  noticesHere.value = new Map([[here.id, /** @type {any} */ ({ notice: here })]]);
  assert.deepEqual(selfCheck.value, { n: 2, left: 2 });
  const [first] = here.lines;
  await markItem(LI, first?.item ?? "", "bad");
  assert.deepEqual(selfCheck.value, { n: 2, left: 1 });
  await recallCheck("another");
  assert.deepEqual(checkMarks.value, {});
  await recallCheck(LI);
  assert.deepEqual(checkMarks.value, { [first?.item ?? ""]: "bad" });
  serverNow.value += 7 * 86_400_000;
  assert.deepEqual(selfCheck.value, { n: 2, left: 2 });
});

test("it has an address of its own, and no card without a lost item", () => {
  assert.equal(parseRoute("#/self-check").name, "self-check");
  assert.equal(selfCheck.value, null);
});
