import { createHash } from "node:crypto";
import { NOON } from "./makers.js";

/**
 * What the next request meets: a function answers in the server's place, null lets through.
 * @typedef {(request: {method: string, path: string}, answer: () => Promise<Response>) => Promise<Response> | null} Line
 */

/** The server cannot be reached. */
export const nobody = () => Promise.reject(new TypeError("no network"));

/**
 * Every request from here on goes over the server's line.
 * @param {{asked: string[], line: Line, answer: (method: string, path: string, options: RequestInit) => Promise<Response>}} server
 */
export function putBehindFetch(server) {
  globalThis.fetch = /** @type {typeof fetch} */ (
    async (path, options) => {
      const method = options?.method ?? "GET";
      server.asked.push(`${method} ${path}`);
      const answer = () => server.answer(method, String(path), options ?? {});
      return (await server.line({ method, path: String(path) }, answer)) ?? answer();
    }
  );
}

/** A server for the phone to talk to, as the contract describes it, with a line that can fail. */
export class Server {
  constructor() {
    /** @type {Map<string, {hash: string, receipt: object, photos: string[]}>} */
    this.visits = new Map();
    /** @type {Map<string, Uint8Array>} */
    this.photos = new Map();
    /** Photos no clean copy can be made of. @type {Set<string>} */
    this.unusable = new Set();
    /** @type {string[]} */
    this.asked = [];
    this.bytes = 0;
    /** @type {Line} */
    this.line = () => null;
  }

  /** Puts this server behind `fetch`. */
  listen() {
    putBehindFetch(this);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} options
   */
  async answer(method, path, options) {
    const headers = new Headers(options.headers);
    const body =
      options.body instanceof ArrayBuffer ? new Uint8Array(options.body) : new Uint8Array();
    if (method === "PUT") return this.receive(path, body, headers);
    if (method === "PATCH") return this.append(path, body, headers);
    if (method === "HEAD") return this.offset(path);
    if (path === "/api/visits") return json(200, { visits: this.listed() });
    if (path.startsWith("/api/visits/")) {
      const visit = path.split("/")[3] ?? "";
      return json(200, { missing: this.missing(visit), refused: this.refused(visit) });
    }
    return problem(404, "missing");
  }

  /**
   * @param {string} path
   * @param {Uint8Array} body
   * @param {Headers} headers
   */
  receive(path, body, headers) {
    const hash = createHash("sha256").update(body).digest("hex");
    if (hash !== headers.get("x-content-sha256")) return problem(422, "content.hash_mismatch");
    const [, , , visit = "", , attempt] = path.split("/");
    const known = this.visits.get(`${visit} ${attempt}`);
    if (known)
      return known.hash === hash ? json(200, known.receipt) : problem(409, "visit.conflict");
    const said = JSON.parse(new TextDecoder().decode(body));
    const rest = { manifest_hash: "", received_at: NOON, receipt_no: "20261118-ABC123" };
    const receipt = { visit, attempt: Number(attempt), content_hash: hash, ...rest };
    const photos = said.photos.map((/** @type {{sha256: string}} */ photo) => photo.sha256);
    this.visits.set(`${visit} ${attempt}`, { hash, receipt, photos });
    return json(201, receipt);
  }

  /**
   * @param {string} path
   * @param {Uint8Array} body
   * @param {Headers} headers
   */
  append(path, body, headers) {
    const sha256 = path.split("/").at(-1) ?? "";
    const length = Number(headers.get("upload-length"));
    const had = this.photos.get(sha256) ?? new Uint8Array();
    if (had.length === length) return json(200, { offset: length, complete: true });
    if (Number(headers.get("upload-offset")) !== had.length)
      return problem(409, "photo.offset_mismatch", { "upload-offset": String(had.length) });
    const now = new Uint8Array([...had, ...body]);
    this.bytes += body.length;
    const whole = now.length === length;
    if (whole && createHash("sha256").update(now).digest("hex") !== sha256) {
      this.photos.delete(sha256);
      return problem(422, "content.hash_mismatch");
    }
    this.photos.set(sha256, now);
    return json(200, { offset: now.length, complete: whole });
  }

  /** @param {string} path */
  offset(path) {
    const had = this.photos.get(path.split("/").at(-1) ?? "");
    if (!had) return headOnly(404);
    const whole = createHash("sha256").update(had).digest("hex") === path.split("/").at(-1);
    const complete = whole ? "?1" : "?0";
    return headOnly(200, { "upload-offset": String(had.length), "upload-complete": complete });
  }

  /** @param {string} visit */
  missing(visit) {
    return this.named(visit).filter((sha256) => !this.photos.has(sha256));
  }

  /** @param {string} visit */
  refused(visit) {
    return this.named(visit).filter((sha256) => this.unusable.has(sha256));
  }

  /** @param {string} visit */
  named(visit) {
    const attempts = [...this.visits].filter(([key]) => key.startsWith(visit));
    return attempts.at(-1)?.[1].photos ?? [];
  }

  listed() {
    return [...this.visits.keys()].map((key) => {
      const [id = "", attempt] = key.split(" ");
      const missing_photos = this.missing(id).length;
      const complete = !missing_photos && !this.refused(id).length;
      return { id, attempt: Number(attempt), complete, missing_photos };
    });
  }
}

/**
 * @param {number} status
 * @param {object} data
 */
export function json(status, data) {
  return new Response(JSON.stringify(data), {
    status,
    headers: { "content-type": "application/json" },
  });
}

/**
 * @param {number} status
 * @param {string} code
 * @param {Record<string, string>} [headers]
 */
export function problem(status, code, headers = {}) {
  const type = { "content-type": "application/problem+json" };
  return new Response(JSON.stringify({ status, code, detail: code }), {
    status,
    headers: { ...type, ...headers },
  });
}

/**
 * An answer of ours without a body.
 * @param {number} status
 * @param {Record<string, string>} [headers]
 */
export function headOnly(status, headers = {}) {
  return new Response(null, {
    status,
    headers: { "x-server-time": String(Date.now()), ...headers },
  });
}

/** Somebody else's page, as a hotel serves it. */
export function portal() {
  return new Response("<html>Welcome</html>", { headers: { "content-type": "text/html" } });
}
