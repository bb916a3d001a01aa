/** @import {OutboxState} from "../../static/js/types.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOVES, isOurs, isUnsent, moved } from "../../static/js/model/outbox_moves.js";
import { outboxRow, receipt } from "./makers.js";

const STATES = /** @type {OutboxState[]} */ (Object.keys(MOVES));

for (const from of STATES)
  for (const to of STATES)
    test(`${from} to ${to}: ${MOVES[from].includes(to) ? "allowed" : "stays"}`, () => {
      const after = moved(outboxRow({ state: from }), to);
      assert.equal(after.state, MOVES[from].includes(to) ? to : from);
    });

test("a receipt once given is never taken back", () => {
  const row = moved(outboxRow({ state: "sending" }), "received", { receipt: receipt() });
  assert.equal(moved(row, "waiting", { receipt: null }), row);
  assert.ok(row.receipt);
});

test("only a receipt for exactly these bytes counts", () => {
  const row = outboxRow();
  assert.ok(isOurs(row, receipt()));
  assert.ok(!isOurs(row, receipt({ content_hash: "f".repeat(64) })));
  assert.ok(!isOurs(row, receipt({ attempt: 2 })));
  assert.ok(!isOurs(row, { ok: true }));
  assert.ok(!isOurs(row, null));
  assert.ok(!isOurs(row, "<html>"));
});

test("everything the server has not settled is still unsent", () => {
  assert.deepEqual(
    STATES.filter((state) => !isUnsent(outboxRow({ state }))),
    ["unusable", "complete"],
  );
});
