import { readMeta, writeMeta } from "../store/meta.js";

/** Milliseconds the server's clock is ahead of this phone's; recorded with every visit, never used to judge it. */
let offset = 0;
let kept = 0;

/** The offset found earlier, for a start without a network. */
export async function restoreClock() {
  kept = (await readMeta("clock")) ?? 0;
  offset = kept;
}

export function clockOffset() {
  return Math.round(offset);
}

/**
 * @param {string | null} header the server's time in milliseconds, from its reply
 * @param {number} sent
 * @param {number} received
 */
export function noteServerTime(header, sent, received) {
  const server = Number(header);
  if (!header || !Number.isFinite(server)) return;
  offset = server - (sent + received) / 2;
  if (Math.abs(offset - kept) < 1000) return;
  kept = Math.round(offset);
  writeMeta("clock", kept).catch(() => undefined);
}
