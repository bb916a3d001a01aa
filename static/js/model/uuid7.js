import { hexOf } from "./bytes.js";

/**
 * A UUID version 7: 48 bits of time, then chance. Never order by it: a phone's clock may be years off.
 * @param {number} now milliseconds since 1970
 * @param {Uint8Array} chance at least ten random bytes
 */
export function uuid7(now, chance) {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, now / 2 ** 32);
  view.setUint32(2, now % 2 ** 32);
  bytes.set(chance.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = hexOf(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
