/** @import {CaptureRow} from "../types.js" */
import { within } from "./database.js";
import { closed, openAll } from "./sealing.js";
import { range } from "./visits.js";

/** Writes still on their way, in their order: two of the same row must not overtake each other. @type {Promise<unknown>} */
let writing = Promise.resolve();

/**
 * Everything noted during one visit, with what is just being written.
 * @param {string} account
 * @param {string} visit
 * @returns {Promise<CaptureRow[]>}
 */
export async function capturesOf(account, visit) {
  await writing.catch(() => undefined);
  const kept = await within(["captures"], "readonly", (tx) =>
    tx.objectStore("captures").getAll(range(visit)),
  );
  return openAll(
    "captures",
    kept.filter((row) => row.account === account),
  );
}

/** @param {CaptureRow} capture */
export function keepCapture(capture) {
  return inTurn(async () => {
    const kept = await closed("captures", capture.account, capture);
    await within(["captures"], "readwrite", (tx) => tx.objectStore("captures").put(kept));
  });
}

/** @param {CaptureRow} capture */
export function dropCapture({ visit, id }) {
  return inTurn(() =>
    within(["captures"], "readwrite", (tx) => tx.objectStore("captures").delete([visit, id])),
  );
}

/** @param {() => Promise<unknown>} write */
async function inTurn(write) {
  const mine = writing.catch(() => undefined).then(write);
  writing = mine;
  await mine;
}
