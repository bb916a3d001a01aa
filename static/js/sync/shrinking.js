/** One photo made small: longest side 1600, upright, JPEG, all metadata gone because only pixels are kept. */

const LONGEST = 1600;
const THUMB = 240;
const QUALITY = 0.8;

/** @typedef {{bytes: ArrayBuffer, thumb: ArrayBuffer, width: number, height: number}} Small */
/** @typedef {OffscreenCanvas | HTMLCanvasElement} Canvas */
/** @typedef {{make: (width: number, height: number) => Canvas, encode: (canvas: Canvas, quality: number) => Promise<Blob>}} Bench */

/**
 * @param {Blob} file
 * @param {Bench} bench where to draw: a worker has other canvases than a page
 * @returns {Promise<Small>}
 */
export async function shrink(file, bench) {
  const bitmap = await decode(file);
  try {
    const { width, height } = fitted(bitmap, LONGEST);
    const bytes = await drawn(bitmap, width, height, bench);
    const small = fitted(bitmap, THUMB);
    const thumb = await drawn(bitmap, small.width, small.height, bench);
    return { bytes, thumb, width, height };
  } finally {
    bitmap.close();
  }
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
 * @param {{width: number, height: number}} size
 * @param {number} longest
 */
function fitted({ width, height }, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} width
 * @param {number} height
 * @param {Bench} bench
 */
async function drawn(bitmap, width, height, bench) {
  const canvas = bench.make(width, height);
  const context = /** @type {CanvasRenderingContext2D | null} */ (
    canvas.getContext("2d", { alpha: false })
  );
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await bench.encode(canvas, QUALITY);
  // Canvases are given back at once: a phone with little memory would kill the page.
  canvas.width = 0;
  canvas.height = 0;
  return blob.arrayBuffer();
}
