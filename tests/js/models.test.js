import assert from "node:assert/strict";
import { test } from "node:test";
import * as backoff from "../../static/js/model/backoff.js";
import { hexOf } from "../../static/js/model/bytes.js";
import { numberOf } from "../../static/js/model/numbering.js";
import { taskKind } from "../../static/js/model/task_kind.js";
import { uuid7 } from "../../static/js/model/uuid7.js";
import { clock, date, day, dayName, longDate } from "../../static/js/model/when.js";
import { windowWords } from "../../static/js/model/window_words.js";
import { parseRoute } from "../../static/js/ui/route.js";
import { KC, NOON, VISIT, assignment, itemOf, visit } from "./makers.js";

test("waits grow, never beyond a minute, and never below what was asked", () => {
  assert.equal(backoff.wait(0, 0), 0);
  assert.equal(backoff.wait(0, 0.999), 500);
  assert.equal(backoff.wait(3, 0.5), 2000);
  assert.equal(backoff.wait(500, 0.999_999), 60_000);
  assert.equal(backoff.wait(0, 0, 7000), 7000);
});

test("an id is a UUID version 7 of its moment", () => {
  const id = uuid7(Date.UTC(2026, 10, 18), new Uint8Array(10).fill(255));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replace("-", "").slice(0, 12), 16), Date.UTC(2026, 10, 18));
  assert.equal(hexOf(new Uint8Array([0, 10, 255])), "000aff");
});

test("times are those of the stores", () => {
  assert.equal(clock(NOON), "12:00");
  assert.equal(clock("2026-11-18T16:05:00Z"), "00:05");
  assert.equal(day("2026-11-18T16:05:00Z"), "2026-11-19");
  assert.equal(date(NOON, "zh-CN"), "11月18日");
  assert.equal(date(NOON, "en"), "18 Nov");
  assert.equal(longDate(NOON, "zh-CN"), "11月18日 周三");
});

test("days near now have names", () => {
  const now = Date.parse(NOON);
  assert.equal(dayName(NOON, now), "today");
  assert.equal(dayName("2026-11-18T17:00:00Z", now), "tomorrow");
  assert.equal(dayName("2026-11-16T17:00:00Z", now), "yesterday");
  assert.equal(dayName("2026-11-20T00:00:00Z", now), "date");
});

test("a window of days is a span, a single day has its name", () => {
  const now = Date.parse(NOON);
  const span = windowWords("2026-11-01", "2026-11-30", now, "zh-CN");
  assert.deepEqual(span, { kind: "span", from: "11月1日", to: "11月30日" });
  assert.equal(windowWords("2026-11-18", "2026-11-18", now, "zh-CN").kind, "today");
});

test("items are numbered by their place on the card", () => {
  assert.equal(numberOf(KC, itemOf(KC, "KC-F-02")), "3.2");
});

test("an assignment asks for one thing at a time", () => {
  const returned = { visit: VISIT, attempt: 1, reason: "说明太简单" };
  const back = assignment({ state: "returned", returned });
  const sealed = visit({ state: "sealed" });
  assert.equal(taskKind(assignment(), undefined), "todo");
  assert.equal(taskKind(assignment(), visit()), "doing");
  assert.equal(taskKind(assignment(), sealed), "gone");
  assert.equal(taskKind(back, undefined), "returned");
  assert.equal(taskKind(back, sealed), "returned");
  assert.equal(taskKind(back, visit({ state: "sealed", attempt: 2 })), "gone");
  assert.equal(taskKind(assignment({ state: "done" }), undefined), "gone");
});

test("a hash leads to its screen, an unknown one to today", () => {
  assert.deepEqual(parseRoute(`#/visits/${VISIT}/form/vi_signage`), {
    name: "form",
    visit: VISIT,
    section: "vi_signage",
  });
  assert.equal(parseRoute(`#/visits/${VISIT}/check`).name, "check");
  assert.equal(parseRoute("#/outbox").name, "outbox");
  assert.equal(parseRoute("#/visits/%zz/form").name, "tasks");
  assert.equal(parseRoute("").name, "tasks");
});
