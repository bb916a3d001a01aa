/** One photo made small: upright, JPEG, all metadata gone because only pixels are kept. */
import { factsOf } from "../model/picture_kind.js";

/** @typedef {{longest: number, quality: number}} Wanted */
/** @type {Wanted} */
export const USUAL = { longest: 1600, quality: 0.8 };
/** For a phone that is nearly full: about half the bytes, and a price tag can still be read. @type {Wanted} */
export const SMALLER = { longest: 1280, quality: 0.7 };

const THUMB = 240;
const MOST_BYTES = 40 * 1024 * 1024;
/** Decoded, a picture takes four bytes a pixel; more than this would have a cheap phone kill the page. */
const MOST_PIXELS = 66_000_000;

/** @typedef {"empty" | "too_large" | "too_many_pixels" | "heic" | "format" | "broken" | "unreadable" | "submitted"} Reason */

/** Why a file cannot become a photo. */
export class PictureFault extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @typedef {{bytes: ArrayBuffer, thumb: ArrayBuffer, width: number, height: number}} Small */
/** @typedef {OffscreenCanvas | HTMLCanvasElement} Canvas */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{make: (width: number, height: number) => Canvas, encode: (canvas: Canvas, quality: number) => Promise<Blob>}} Bench */

/**
 * Throws `PictureFault`.
 * @param {Blob} file
 * @param {Bench} bench where to draw: a worker has other canvases than a page
 * @param {Wanted} wanted
 * @returns {Promise<Small>}
 */
export async function shrink(file, bench, wanted) {
  const kind = await checked(file);
  const bitmap = await decode(file).catch(() => {
    throw new PictureFault(kind === "heic" ? "heic" : "broken");
  });
  try {
    if (bitmap.width * bitmap.height > MOST_PIXELS) throw new PictureFault("too_many_pixels");
    const size = fitted(bitmap, wanted.longest);
    const photo = reduced(bitmap, size, bench);
    const thumb = reduced(photo, fitted(size, THUMB), bench);
    return {
      bytes: await encoded(photo, bench, wanted.quality),
      thumb: await encoded(thumb, bench, wanted.quality),
      ...size,
    };
  } finally {
    bitmap.close();
  }
}

/**
 * Looks at a file before anything decodes it: a few kilobytes can claim gigabytes of pixels, and half a picture
 * decodes to one that is grey below.
 * @param {Blob} file
 */
async function checked(file) {
  if (!file.size) throw new PictureFault("empty");
  if (file.size > MOST_BYTES) throw new PictureFault("too_large");
  const { kind, pixels, whole } = await factsOf(file).catch(() => {
    // It lies in a cloud, or was deleted meanwhile.
    throw new PictureFault("unreadable");
  });
  if (!kind) throw new PictureFault("format");
  if (pixels > MOST_PIXELS) throw new PictureFault("too_many_pixels");
  if (!whole) throw new PictureFault("broken");
  return kind;
}

/** @param {Blob} file */
async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    // Older engines know no options, and turn the picture by themselves.
    if (error instanceof TypeError) return createImageBitmap(file);
    throw error;
  }
}

/**
 * @param {Size} size
 * @param {number} longest
 * @returns {Size}
 */
function fitted({ width, height }, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * Halved until less than half is left to take off. The browser's own fine smoothing does the same in one step, and keeps
 * what it halved, 16 MB of a photo of 12 megapixels.
 * @param {ImageBitmap | Canvas} source
 * @param {Size} size
 * @param {Bench} bench
 */
function reduced(source, size, bench) {
  let from = source;
  while (from.width >= 2 * size.width && from.width > 2 && from.height > 2) {
    const half = { width: Math.round(from.width / 2), height: Math.round(from.height / 2) };
    const next = drawn(from, half, bench);
    if (from !== source) emptied(from);
    from = next;
  }
  const canvas = drawn(from, size, bench);
  if (from !== source) emptied(from);
  return canvas;
}

/**
 * @param {ImageBitmap | Canvas} source
 * @param {Size} size
 * @param {Bench} bench
 */
function drawn(source, { width, height }, bench) {
  const canvas = bench.make(width, height);
  const context = /** @type {CanvasRenderingContext2D | null} */ (
    canvas.getContext("2d", { alpha: false })
  );
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "low";
  // What is transparent would turn black.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/**
 * @param {Canvas} canvas
 * @param {Bench} bench
 * @param {number} quality
 */
async function encoded(canvas, bench, quality) {
  const blob = await bench.encode(canvas, quality);
  emptied(canvas);
  return blob.arrayBuffer();
}

/**
 * Canvases are given back at once: a phone with little memory would kill the page.
 * @param {Canvas | ImageBitmap} canvas
 */
function emptied(canvas) {
  Object.assign(canvas, { width: 0, height: 0 });
}
