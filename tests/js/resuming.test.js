import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  FIRST,
  LARGEST,
  SMALLEST,
  START,
  afterCut,
  afterPiece,
} from "../../static/js/model/pace.js";
import { keepPhoto } from "../../static/js/store/photos.js";
import { sha256 } from "../../static/js/sync/hashing.js";
import { sendPhotos, uploads } from "../../static/js/sync/uploads.js";
import { HostileLine, chances } from "./hostile_line.js";
import { LI, VISIT, slot } from "./makers.js";
import { signedIn, signedOut } from "./signed_in.js";

const PHOTOS = 120;
const MOST_SENT_AGAIN = 0.1;

beforeEach(() => signedIn());
afterEach(signedOut);

/**
 * Photos of 20 to 300 KB, as a phone makes them.
 * @param {number} count
 */
async function photographed(count) {
  const chance = chances(count);
  let total = 0;
  for (let at = 0; at < count; at += 1) {
    const bytes = new Uint8Array(Math.floor(20_000 + chance() * 280_000));
    bytes.set([at, at >> 8, 7]);
    const hash = await sha256(bytes.buffer);
    const size = bytes.length;
    const upload = { sha256: hash, account: LI, visit: VISIT, size, offset: 0, problem: "" };
    await keepPhoto({
      slot: slot("KC-E-01", { sha256: hash, size }),
      photo: { format: 1, sha256: hash, bytes: bytes.buffer, thumb: new ArrayBuffer(8) },
      upload: { format: 1, ...upload, state: "waiting" },
    });
    total += size;
  }
  return total;
}

/** Tries until everything is there, as the phone does by itself whenever the line is back. */
async function bringAll() {
  for (let passes = 0; passes < 2000; passes += 1) {
    await sendPhotos(LI).catch(() => undefined);
    if ([...uploads.peek().values()].every((row) => row.state === "here")) return;
  }
  assert.fail("never arrived");
}

// First in this file: the pieces still have the length they start with.
test("a first piece that was cut is not sent twice, not even after the page was killed", async () => {
  const total = await photographed(1);
  const line = new HostileLine({ every: 1, seed: 1, buffers: false });
  line.left = 50_000;
  line.listen();
  await assert.rejects(sendPhotos(LI));
  const [row] = uploads.peek().values();
  assert.equal(row?.offset, 0);
  uploads.value = new Map();
  line.left = Infinity;
  await bringAll();
  assert.ok(line.sent - total <= 8 * 1024, `${line.sent - total} bytes sent again`);
});

for (const { buffers, every } of [
  { buffers: false, every: 60_000 },
  { buffers: false, every: 200_000 },
  { buffers: true, every: 60_000 },
  { buffers: true, every: 200_000 },
])
  test(`cut at random, every ${every / 1000} KB on average, ${buffers ? "whole requests only" : "what arrived is kept"}: at most a tenth is sent again`, async (t) => {
    const total = await photographed(PHOTOS);
    const line = new HostileLine({ every, seed: every + Number(buffers), buffers });
    line.listen();
    await bringAll();
    const again = line.sent / total - 1;
    t.diagnostic(
      `${PHOTOS} photos, ${(total / 1e6).toFixed(1)} MB, ${line.cuts} cuts, ${(100 * again).toFixed(1)} % sent again`,
    );
    assert.ok(line.cuts > 50, `${line.cuts} cuts`);
    for (const hash of uploads.peek().keys()) assert.equal(line.hashOf(hash), hash);
    assert.ok(again <= MOST_SENT_AGAIN, `${(100 * again).toFixed(1)} % sent again`);
  });

test("pieces start at 64 KB and double up to a megabyte", () => {
  let pace = START;
  const pieces = Array.from({ length: 6 }, () => {
    const { piece } = pace;
    pace = afterPiece(pace);
    return piece;
  });
  assert.deepEqual(
    pieces,
    [1, 2, 4, 8, 16, 16].map((times) => times * FIRST),
  );
  assert.equal(pace.piece, LARGEST);
});

test("where a cut costs the whole piece they get short, and long again once many arrived", () => {
  let pace = afterCut(START, 0);
  assert.equal(pace.piece, FIRST / 2);
  for (let at = 0; at < 31; at += 1) pace = afterPiece(pace);
  assert.equal(pace.piece, FIRST / 2);
  assert.equal(afterPiece(pace).piece, FIRST);
  for (let at = 0; at < 20; at += 1) pace = afterCut(pace, 0);
  assert.equal(pace.piece, SMALLEST);
  assert.deepEqual(afterCut(START, 1), START);
});
