import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { factsOf, kindOf } from "../../static/js/model/picture_kind.js";
import { PictureFault, USUAL, shrink } from "../../static/js/sync/shrinking.js";

const JPEG = new Uint8Array(readFileSync("inspection/cli/demo/pictures/hall.jpg"));
const PNG = new Uint8Array(readFileSync("static/icons/app-192.png"));

/** @param {...(string | number[])} parts */
function bytes(...parts) {
  const all = parts.flatMap((part) =>
    typeof part === "string" ? [...part].map((sign) => sign.charCodeAt(0)) : part,
  );
  return Uint8Array.from(all);
}

const zeros = (/** @type {number} */ count) => Array.from({ length: count }, () => 0);

const facts = (/** @type {Uint8Array<ArrayBuffer>} */ picture) => factsOf(new Blob([picture]));

/** As much as is looked at together when an end is looked for. */
const PIECE = 64 * 1024;

/** A WebP of the extended form: 4 by 3. */
const WEBP = bytes("RIFF", [22, 0, 0, 0], "WEBPVP8X", zeros(8), [3, 0, 0, 2, 0, 0]);

test("a file is what its bytes say, whatever it is called", () => {
  assert.equal(kindOf(JPEG), "jpeg");
  assert.equal(kindOf(PNG), "png");
  assert.equal(kindOf(WEBP), "webp");
  for (const brand of ["heic", "heix", "mif1", "avif"])
    assert.equal(kindOf(bytes(zeros(4), "ftyp", brand)), "heic");
  for (const other of ["", "GIF89a", "<svg/>", "RIFF", "RIFFxxxxWAVE", "\0\0\0\0ftypmp42"])
    assert.equal(kindOf(bytes(other)), "");
});

test("pixels are counted from the header, before anything is decoded", async () => {
  assert.equal((await facts(PNG)).pixels, 192 * 192);
  assert.equal((await facts(WEBP)).pixels, 12);
  const { kind, pixels, whole } = await facts(JPEG);
  assert.ok(kind === "jpeg" && whole && pixels > 100_000);
});

test("cut at any byte, a picture is not whole", async () => {
  for (const picture of [JPEG, PNG, WEBP]) {
    assert.equal((await facts(picture)).whole, true);
    const step = Math.max(1, Math.floor(picture.length / 200));
    for (let end = 3; end < picture.length - 1; end += step)
      assert.equal((await facts(picture.subarray(0, end))).whole, false, `${end} bytes`);
  }
});

test("what a phone appends after the picture does not matter", async () => {
  for (const more of [500, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
    assert.equal((await facts(bytes([...JPEG], zeros(more)))).whole, true, `${more} bytes`);
});

test("a header with a second picture in it is read to its end", async () => {
  const part = bytes([0xff, 0xe1, 0xff, 0xff], zeros(65_533));
  const long = new Blob([JPEG.subarray(0, 2), ...Array(6).fill(part), JPEG.subarray(2)]);
  const [found, usual] = [await factsOf(long), await facts(JPEG)];
  assert.deepEqual(found, usual);
  assert.equal((await factsOf(long.slice(0, 300_000))).whole, false);
});

test("of a large photo little is read", async () => {
  const large = new Blob([JPEG, new Uint8Array(4_000_000), bytes([0xff, 0xd9])]);
  let read = 0;
  const counted = /** @type {Blob} */ ({
    size: large.size,
    slice: (start, end) => {
      read += Math.min(end ?? large.size, large.size) - (start ?? 0);
      return large.slice(start, end);
    },
  });
  assert.equal((await factsOf(counted)).whole, true);
  assert.ok(read < 400_000, `${read} bytes`);
});

for (const [name, content, reason] of /** @type {const} */ ([
  ["an empty file", bytes(), "empty"],
  ["a letter", bytes("Dear all"), "format"],
  ["half a picture", JPEG.subarray(0, JPEG.length / 2), "broken"],
  ["a promise of a thousand megapixels", bomb(), "too_many_pixels"],
]))
  test(`${name} is refused before it is decoded`, async () => {
    const bench = {
      make: () => assert.fail("drawn"),
      encode: () => assert.fail("encoded"),
    };
    await assert.rejects(shrink(new Blob([content]), bench, USUAL), (error) => {
      assert.ok(error instanceof PictureFault);
      assert.equal(error.reason, reason);
      return true;
    });
  });

function bomb() {
  const claimed = Uint8Array.from(PNG);
  new DataView(claimed.buffer).setUint32(16, 40_000);
  new DataView(claimed.buffer).setUint32(20, 25_000);
  return claimed;
}
