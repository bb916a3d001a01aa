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

test("pixels are counted from the header, before anything is decoded", () => {
  assert.equal(factsOf(PNG).pixels, 192 * 192);
  assert.equal(factsOf(WEBP).pixels, 12);
  const { pixels, whole } = factsOf(JPEG);
  assert.ok(whole && pixels > 100_000);
});

test("cut at any byte, a picture is not whole", () => {
  for (const picture of [JPEG, PNG, WEBP]) {
    assert.equal(factsOf(picture).whole, true);
    const step = Math.max(1, Math.floor(picture.length / 200));
    for (let end = 3; end < picture.length - 1; end += step)
      assert.equal(factsOf(picture.subarray(0, end)).whole, false, `${end} bytes`);
  }
});

test("what a phone appends after the picture does not matter", () => {
  assert.equal(factsOf(bytes([...JPEG], zeros(500))).whole, true);
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
