import assert from "node:assert/strict";
import { test } from "node:test";
import { byDeadline, isStopped } from "../../static/js/model/store_notice.js";
import { line, notice } from "./store_makers.js";

test("lines whose clock stands still come last and together, whatever day they had", () => {
  const lines = [1, 2, 3, 4].map((no) => line(no, { due_at: `2026-11-2${no}T04:00:00Z` }));
  const stopped = [1, 3].map((no) => ({ no, disputed: true }));
  const whole = notice({ lines, follow: /** @type {any} */ (stopped) });
  assert.deepEqual(
    byDeadline(whole).map((group) => group.map(({ no }) => no)),
    [[2], [4], [1, 3]],
  );
  assert.deepEqual(
    lines.map((one) => isStopped(whole, one)),
    [true, false, true, false],
  );
});
