/** What a file is by its own bytes: names and types given by phones are often wrong. */

/** @typedef {"jpeg" | "png" | "webp" | "heic" | ""} Kind */

/** The brands HEIF files of telephones declare; AVIF is the same container. */
const HEIF = /^(hei[cxms]|hev[cx]|mif1|msf1|avi[fs])$/;

/** The letters of a PNG's last part. */
const IEND = 0x49454e44;

/**
 * What the first bytes say; empty for anything that is no photo.
 * @param {Uint8Array} bytes
 * @returns {Kind}
 */
export function kindOf(bytes) {
  if (textAt(bytes, 0, 3) === "\xff\xd8\xff") return "jpeg";
  if (textAt(bytes, 1, 3) === "PNG") return "png";
  if (/^RIFF.{4}WEBP$/s.test(textAt(bytes, 0, 12))) return "webp";
  return textAt(bytes, 4, 4) === "ftyp" && HEIF.test(textAt(bytes, 8, 4)) ? "heic" : "";
}

/** @typedef {{pixels: number, whole: boolean}} Facts */

/** The header of nearly every photo lies within; some carry a second picture in theirs. */
const HEAD = 256 * 1024;
const PIECE = 64 * 1024;

/** @type {Record<Kind, (file: Blob) => Promise<Facts>>} */
const READERS = {
  jpeg: jpegFacts,
  png: async (file) => pngFacts(await bytesOf(file)),
  webp: async (file) => webpFacts(await bytesOf(file)),
  heic: async () => ({ pixels: 0, whole: true }),
  "": async () => ({ pixels: 0, whole: false }),
};

/**
 * What a picture is, how many pixels it says it has (0: it does not say), and whether it has an end. Of a JPEG only the
 * beginning and the end are read: what is read stays in memory until somebody tidies up.
 * @param {Blob} file
 * @returns {Promise<Facts & {kind: Kind}>}
 */
export async function factsOf(file) {
  const kind = kindOf(await bytesOf(file, 0, 16));
  try {
    return { kind, ...(await READERS[kind](file)) };
  } catch (error) {
    // It ends in the middle of a number.
    if (error instanceof RangeError) return { kind, pixels: 0, whole: false };
    throw error;
  }
}

/** @param {Blob} file */
async function jpegFacts(file) {
  const { pixels, scan } = await bytesOf(file, 0, HEAD)
    .then(jpegHeader)
    .catch(async (error) => {
      if (error instanceof RangeError && file.size > HEAD) return jpegHeader(await bytesOf(file));
      throw error;
    });
  return { pixels, whole: await endsAfter(file, scan) };
}

/** @param {Uint8Array} bytes */
function jpegHeader(bytes) {
  const view = viewOf(bytes);
  let pixels = 0;
  let at = 2;
  while (view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else {
      if (isFrame(marker)) pixels = view.getUint16(at + 5) * view.getUint16(at + 7);
      at += 2 + view.getUint16(at + 2);
    }
  }
  return { pixels, scan: at };
}

/**
 * Frames C0 to CF, without the tables that stand among them.
 * @param {number} marker
 */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/**
 * Within the pixels an FF is never followed by D9; after them phones append what they like. Looked for from the end.
 * @param {Blob} file
 * @param {number} start
 */
async function endsAfter(file, start) {
  for (let end = file.size; end > start; end -= PIECE) {
    // One byte of the piece after it: the two may be parted.
    const bytes = await bytesOf(file, Math.max(start, end - PIECE), end + 1);
    for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1))
      if (bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/**
 * @param {Blob} file
 * @param {number} [start]
 * @param {number} [end]
 */
async function bytesOf(file, start = 0, end = file.size) {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function pngFacts(bytes) {
  const view = viewOf(bytes);
  const pixels = view.getUint32(16) * view.getUint32(20);
  let at = 8;
  while (view.getUint32(at + 4) !== IEND) at += 12 + view.getUint32(at);
  return { pixels, whole: true };
}

/** @param {Uint8Array} bytes */
function webpFacts(bytes) {
  const view = viewOf(bytes);
  const whole = view.getUint32(4, true) + 8 <= bytes.length;
  const form = textAt(bytes, 12, 4);
  if (form === "VP8X") return { pixels: (1 + three(view, 24)) * (1 + three(view, 27)), whole };
  if (form === "VP8 ") return { pixels: short(view, 26) * short(view, 28), whole };
  const packed = view.getUint32(21, true);
  return { pixels: (1 + (packed & 0x3fff)) * (1 + ((packed >>> 14) & 0x3fff)), whole };
}

/** @param {DataView} view @param {number} at */
function three(view, at) {
  return view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
}

/** @param {DataView} view @param {number} at */
function short(view, at) {
  return view.getUint16(at, true) & 0x3fff;
}

/** @param {Uint8Array} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} length
 */
function textAt(bytes, at, length) {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
