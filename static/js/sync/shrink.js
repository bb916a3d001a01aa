/** @import {Canvas, Small} from "./shrinking.js" */
import { signal } from "../../vendor/signals-core.js";
import { PictureFault, SMALLER, USUAL, shrink } from "./shrinking.js";

/** Whether photos are kept smaller, because the phone is nearly full; until the app is started anew. */
export const smaller = signal(false);

const wanted = () => (smaller.peek() ? SMALLER : USUAL);

/** Photos are shrunk one after the other: two at once would need twice the memory. */
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * A photo made small. Throws `PictureFault`.
 * @param {Blob} file
 * @returns {Promise<Small>}
 */
export function shrunk(file) {
  const next = queue.then(() => one(file));
  queue = next.catch(() => undefined);
  return next;
}

/** @param {Blob} file */
async function one(file) {
  try {
    const worker = hire();
    return await (worker ? inWorker(worker, file) : shrink(file, PAGE, wanted()));
  } catch (error) {
    if (error instanceof WorkerLost) return shrink(file, PAGE, wanted());
    throw error;
  }
}

class WorkerLost extends Error {}

/** @type {Worker | null | undefined} */
let hired;

function hire() {
  if (hired !== undefined) return hired;
  const able = typeof Worker === "function" && typeof OffscreenCanvas === "function";
  try {
    hired = able
      ? new Worker(new URL("./shrink.worker.js", import.meta.url), { type: "module" })
      : null;
  } catch {
    hired = null;
  }
  return hired;
}

let asked = 0;

/**
 * @param {Worker} worker
 * @param {Blob} file
 * @returns {Promise<Small>}
 */
function inWorker(worker, file) {
  const id = (asked += 1);
  return new Promise((resolve, reject) => {
    const lost = () => {
      // No module workers here, or it died of a huge picture: the page itself takes over for good.
      hired = null;
      finish();
      reject(new WorkerLost());
    };
    const heard = (/** @type {MessageEvent} */ { data }) => {
      if (data.id !== id) return;
      finish();
      if (data.small) resolve(data.small);
      else reject(new PictureFault(data.fault));
    };
    function finish() {
      worker.removeEventListener("error", lost);
      worker.removeEventListener("message", heard);
    }
    worker.addEventListener("error", lost);
    worker.addEventListener("message", heard);
    worker.postMessage({ id, file, wanted: wanted() });
  });
}

const PAGE = {
  make: (/** @type {number} */ width, /** @type {number} */ height) =>
    Object.assign(document.createElement("canvas"), { width, height }),
  encode: (/** @type {Canvas} */ canvas, /** @type {number} */ quality) =>
    /** @type {Promise<Blob>} */ (
      new Promise((resolve, reject) => {
        const page = /** @type {HTMLCanvasElement} */ (canvas);
        page.toBlob(
          (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
          "image/jpeg",
          quality,
        );
      })
    ),
};
