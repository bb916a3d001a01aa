/** @import {Problem} from "../types.js" */
import { language } from "../wording/say.js";
import { noteServerTime } from "./clock.js";
import { online, portal } from "./link.js";

/** How long one request may take, its answer read to the end. */
const PATIENCE = 30_000;

/** However long a server asks for: longer than this nobody is left waiting. */
const LONGEST = 3_600_000;

/** No answer of ours: no network, too slow, or somebody else's page in between. */
export class Unreachable extends Error {
  /**
   * @param {string} why
   * @param {boolean} [byPortal] whether a network answered in the server's place and wants a sign-in
   */
  constructor(why, byPortal = false) {
    super(why);
    this.byPortal = byPortal;
  }
}

/** The server said no, in its own words. */
export class Refused extends Error {
  /**
   * @param {Problem} problem
   * @param {Headers} headers
   */
  constructor(problem, headers) {
    super(problem.code);
    this.problem = problem;
    this.headers = headers;
  }
}

/** @typedef {{json?: unknown, bytes?: ArrayBuffer, headers?: Record<string, string>, last?: boolean}} Said */
/** @typedef {{status: number, headers: Headers, data: unknown}} Reply */

let token = "";
/** @type {() => Promise<boolean>} */
let renew = async () => true;
/** @type {() => Promise<void>} */
let revoked = async () => undefined;

/**
 * @param {string} value the token that state-changing requests carry
 */
export function carry(value) {
  token = value;
}

/**
 * How to get a new token when the old one no longer fits; resolves to whether it is still the same person's.
 * @param {() => Promise<boolean>} fetchToken
 */
export function renewWith(fetchToken) {
  renew = fetchToken;
}

/** @param {() => Promise<void>} erase what follows when the account was closed or its phone reported lost */
export function whenRevoked(erase) {
  revoked = erase;
}

/**
 * Asks the server. Throws `Unreachable` or `Refused`. `last` lets the request outlive the page.
 * @param {string} method
 * @param {string} path
 * @param {Said} [said]
 * @returns {Promise<Reply>}
 */
export async function ask(method, path, said = {}) {
  const reply = await answered(method, path, said);
  return { ...reply, data: method === "HEAD" ? null : jsonOf(reply, method) };
}

/**
 * Fetches bytes that are no JSON.
 * @param {string} path
 * @returns {Promise<{headers: Headers, bytes: ArrayBuffer}>}
 */
export async function fetchBytes(path) {
  const { headers, type, bytes } = await answered("GET", path, {});
  // A hotel's page in the place of a photo.
  if (/^text\/html\b/.test(type)) throw notOurs(type, true);
  return { headers, bytes };
}

/** @typedef {{status: number, headers: Headers, type: string, bytes: ArrayBuffer}} Raw */

/**
 * @param {string} method
 * @param {string} path
 * @param {Said} said
 * @returns {Promise<Raw>}
 */
async function answered(method, path, said) {
  try {
    return await once(method, path, said);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.problem.code === "session.revoked") await revoked();
    if (error.problem.code !== "request.forged" || method === "GET") throw error;
    // Somebody else signed in meanwhile: what this person wrote is not sent in their name.
    if (!(await renew())) throw new Unreachable("another person");
    return once(method, path, said);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Said} said
 */
async function once(method, path, said) {
  const raw = await send(method, path, said);
  if (method === "HEAD") mustBeOurs(raw);
  if (raw.status < 400 || method === "HEAD") {
    settled();
    return raw;
  }
  const problem = problemOf(raw);
  settled();
  throw new Refused(problem, raw.headers);
}

/** An answer of ours. */
function settled() {
  online.value = true;
  portal.value = false;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Said} said
 * @returns {Promise<Raw>}
 */
async function send(method, path, said) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  const sent = Date.now();
  try {
    const response = await fetch(path, { ...request(method, said), signal: control.signal });
    // Nobody of ours redirects; a network that wants a sign-in does.
    if (response.type === "opaqueredirect") throw notOurs("redirected", true);
    const bytes = method === "HEAD" ? new ArrayBuffer(0) : await response.arrayBuffer();
    noteServerTime(response.headers.get("x-server-time"), sent, Date.now());
    const { status, headers } = response;
    return { status, headers, type: headers.get("content-type") ?? "", bytes };
  } catch (error) {
    throw error instanceof Unreachable ? error : notOurs("no answer", false);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} method
 * @param {Said} said
 * @returns {RequestInit}
 */
function request(method, { json, bytes, headers = {}, last = false }) {
  /** @type {Record<string, string>} */
  const all = { accept: "application/json", "accept-language": language.peek(), ...headers };
  if (method !== "GET" && method !== "HEAD") all["x-csrf-token"] = token;
  if (json !== undefined) all["content-type"] = "application/json";
  const body = json === undefined ? (bytes ?? null) : JSON.stringify(json);
  const how = { method, headers: all, body, keepalive: last };
  return { ...how, cache: "no-store", credentials: "same-origin", redirect: "manual" };
}

const JSON_TYPE = /^application\/(problem\+)?json\b/;

/**
 * The reply's JSON. Anything else came from a proxy or a hotel's sign-in page and counts as no reply.
 * @param {Raw} reply
 * @param {string} method
 * @returns {unknown}
 */
function jsonOf({ status, type, bytes }, method) {
  // Only what was deleted, or is here already, is answered with nothing.
  if (status === 304 || (status === 204 && method === "DELETE")) return null;
  if (!JSON_TYPE.test(type)) throw notOurs(type, true);
  return parsed(bytes);
}

/** @param {ArrayBuffer} bytes */
function parsed(bytes) {
  try {
    return /** @type {unknown} */ (JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw notOurs("cut short", false);
  }
}

/** How a network says that it wants a sign-in first, where it says so. */
const PORTAL = new Set([403, 407, 511]);

/**
 * What the server said no with. A no without a code is not its own, unless it broke down.
 * @param {Raw} raw
 * @returns {Problem}
 */
function problemOf({ status, type, bytes }) {
  const said = JSON_TYPE.test(type) ? parsed(bytes) : null;
  const facts = typeof said === "object" && said !== null ? said : {};
  const problem = { code: "", title: "", detail: "", ...facts, status };
  if (problem.code || (status >= 500 && !PORTAL.has(status))) return problem;
  throw notOurs(`${status} ${type}`, PORTAL.has(status));
}

/**
 * An answer without a body has no code to know it by: it carries the server's time, unless the server broke down.
 * @param {Raw} raw
 */
function mustBeOurs({ status, headers }) {
  if (headers.has("x-server-time") || (status >= 500 && !PORTAL.has(status))) return;
  throw notOurs(`${status} to HEAD`, status < 400 || PORTAL.has(status));
}

/**
 * @param {string} why
 * @param {boolean} byPortal
 */
function notOurs(why, byPortal) {
  online.value = false;
  portal.value = byPortal;
  return new Unreachable(why, byPortal);
}

/**
 * Milliseconds a refusal asks us to wait: seconds or, from a proxy, a date.
 * @param {Refused} refused
 */
export function askedToWait(refused) {
  const said = refused.headers.get("retry-after") ?? refused.problem.retry_after ?? 0;
  const seconds = Number(said);
  const pause = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(String(said)) - Date.now();
  return Number.isFinite(pause) ? Math.min(LONGEST, Math.max(0, pause)) : 0;
}
