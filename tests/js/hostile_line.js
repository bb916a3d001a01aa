import { createHash } from "node:crypto";
import { headOnly, json, problem } from "./server_double.js";

/** A number between 0 and 1, the same ones for the same seed. @param {number} seed */
export function chances(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HEAD_BYTES = 400;
const REPLY_BYTES = 300;
const UNDER_WAY = 8 * 1024;

/** A server for photos behind a line that is cut after a random number of bytes, requests and replies alike. */
export class HostileLine {
  /** @param {{every: number, seed: number, buffers: boolean}} how `buffers`: something between hands on whole requests only */
  constructor({ every, seed, buffers }) {
    this.chance = chances(seed);
    this.every = every;
    this.buffers = buffers;
    /** @type {Map<string, Uint8Array[]>} */
    this.photos = new Map();
    this.left = this.next();
    this.cuts = 0;
    /** Bytes of photos put on the line, arrived or not. */
    this.sent = 0;
  }

  next() {
    return -this.every * Math.log(1 - this.chance());
  }

  listen() {
    globalThis.fetch = /** @type {typeof fetch} */ (
      async (path, options) => this.carry(String(path), options ?? {})
    );
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async carry(path, options) {
    this.spend(HEAD_BYTES);
    const sha256 = path.split("/").at(-1) ?? "";
    const headers = new Headers(options.headers);
    const body =
      options.body instanceof ArrayBuffer ? new Uint8Array(options.body) : new Uint8Array();
    const reply =
      options.method === "HEAD" ? this.offset(sha256) : this.receive(sha256, body, headers);
    this.spend(REPLY_BYTES);
    return reply;
  }

  /** @param {number} bytes */
  spend(bytes) {
    this.left -= bytes;
    if (this.left < 0) this.cut();
  }

  /** @returns {never} */
  cut() {
    this.cuts += 1;
    this.left = this.next();
    throw new TypeError("cut");
  }

  /**
   * @param {string} sha256
   * @param {Uint8Array} body
   * @param {Headers} headers
   */
  receive(sha256, body, headers) {
    const whole = this.left >= body.length;
    const sent = whole ? body.length : Math.floor(this.left);
    this.sent += sent;
    const lost = whole ? 0 : this.buffers ? sent : Math.floor(this.chance() * UNDER_WAY);
    const came = body.subarray(0, Math.max(0, sent - lost));
    const reply = this.append(sha256, came, headers);
    this.left -= sent;
    return whole ? reply : this.cut();
  }

  /**
   * @param {string} sha256
   * @param {Uint8Array} came
   * @param {Headers} headers
   */
  append(sha256, came, headers) {
    const had = this.sizeOf(sha256);
    if (Number(headers.get("upload-offset")) !== had)
      return problem(409, "photo.offset_mismatch", { "upload-offset": String(had) });
    this.photos.set(sha256, [...(this.photos.get(sha256) ?? []), came]);
    const complete = had + came.length === Number(headers.get("upload-length"));
    if (complete && this.hashOf(sha256) !== sha256) {
      this.photos.delete(sha256);
      return problem(422, "content.hash_mismatch");
    }
    return json(200, { offset: had + came.length, complete });
  }

  /** @param {string} sha256 */
  offset(sha256) {
    const offset = this.sizeOf(sha256);
    const headers = { "upload-offset": String(offset), "upload-complete": "?0" };
    return offset ? headOnly(200, headers) : headOnly(404);
  }

  /** @param {string} sha256 */
  sizeOf(sha256) {
    return (this.photos.get(sha256) ?? []).reduce((sum, part) => sum + part.length, 0);
  }

  /** @param {string} sha256 */
  hashOf(sha256) {
    const hash = createHash("sha256");
    for (const part of this.photos.get(sha256) ?? []) hash.update(part);
    return hash.digest("hex");
  }
}
