import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfOne, verdictOn } from "../../static/js/model/verdict.js";

const VERDICTS = /** @type {const} */ ([
  [400, "request.cut_off", "again"],
  [400, "request.malformed", "stopped"],
  [401, "session.missing", "sign_in"],
  [403, "", "again"],
  [403, "request.forged", "again"],
  [403, "access.forbidden", "stopped"],
  [408, "", "again"],
  [409, "visit.conflict", "stopped"],
  [413, "request.too_large", "stopped"],
  [422, "visit.answers_refused", "stopped"],
  [422, "content.hash_mismatch", "again"],
  [425, "", "again"],
  [429, "", "again"],
  [500, "internal", "again"],
  [503, "store.busy", "again"],
  [507, "store.disk_full", "again"],
]);
for (const [status, code, expected] of VERDICTS)
  test(`${status} ${code} means ${expected}`, () => {
    assert.equal(verdictOn({ status, code, title: "", detail: "" }), expected);
  });

const WHOSE = /** @type {const} */ ([
  [400, "request.cut_off", false],
  [401, "session.missing", false],
  [403, "request.forged", false],
  [404, "missing", true],
  [409, "photo.busy", true],
  [422, "content.hash_mismatch", true],
  [429, "draft.too_many", true],
  [429, "parked.too_many", true],
  [429, "photo.too_many", true],
  [429, "session.too_many", false],
  [500, "internal", true],
  [503, "store.busy", false],
  [507, "store.disk_full", false],
]);
for (const [status, code, expected] of WHOSE)
  test(`${status} ${code} is ${expected ? "about what was sent" : "everybody's trouble"}`, () => {
    assert.equal(isOfOne({ status, code, title: "", detail: "" }), expected);
  });
