/** @import {Canvas} from "./shrinking.js" */
import { PictureFault, shrink } from "./shrinking.js";

/** @typedef {{postMessage: (message: unknown, transfer: Transferable[]) => void}} Desk */
const desk = /** @type {Desk} */ (/** @type {unknown} */ (self));

const bench = {
  make: (/** @type {number} */ width, /** @type {number} */ height) =>
    new OffscreenCanvas(width, height),
  encode: (/** @type {Canvas} */ canvas, /** @type {number} */ quality) =>
    /** @type {OffscreenCanvas} */ (canvas).convertToBlob({ type: "image/jpeg", quality }),
};

addEventListener("message", async ({ data }) => {
  try {
    const small = await shrink(data.file, bench, data.wanted);
    desk.postMessage({ id: data.id, small }, [small.bytes, small.thumb]);
  } catch (error) {
    const fault = error instanceof PictureFault ? error.reason : "broken";
    desk.postMessage({ id: data.id, fault }, []);
  }
});
