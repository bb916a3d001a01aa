import assert from "node:assert/strict";
import { test } from "node:test";
import { sizeWords } from "../../static/js/model/size_words.js";

test("a size is said in the unit that fits", () => {
  const sizes = [0, 300_000, 1_048_576, 9 * 1_048_576, 1.2 * 1_073_741_824];
  assert.deepEqual(sizes.map(sizeWords), ["0 KB", "293 KB", "1.0 MB", "9.0 MB", "1.2 GB"]);
});
