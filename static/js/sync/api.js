/** @import {Problem} from "../types.js" */
import { language } from "../wording/say.js";
import { noteServerTime } from "./clock.js";
import { online } from "./link.js";

const PATIENCE = 30_000;

/** No answer of ours: no network, too slow, or somebody else's page in between. */
export class Unreachable extends Error {}

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

/** @typedef {{json?: unknown, bytes?: ArrayBuffer, headers?: Record<string, string>}} Said */
/** @typedef {{status: number, headers: Headers, data: unknown}} Reply */

let token = "";
/** @type {() => Promise<void>} */
let renew = async () => undefined;

/**
 * @param {string} value the token that state-changing requests carry
 */
export function carry(value) {
  token = value;
}

/** @param {() => Promise<void>} fetchToken how to get a new token when the old one no longer fits */
export function renewWith(fetchToken) {
  renew = fetchToken;
}

/**
 * Asks the server. Throws `Unreachable` or `Refused`.
 * @param {string} method
 * @param {string} path
 * @param {Said} [said]
 * @returns {Promise<Reply>}
 */
export async function ask(method, path, said = {}) {
  try {
    return await once(method, path, said);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== "request.forged" || method === "GET")
      throw error;
    await renew();
    return once(method, path, said);
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Said} said
 */
async function once(method, path, said) {
  const response = await send(method, path, said);
  const data = method === "HEAD" || response.status === 204 ? null : await content(response);
  online.value = true;
  if (response.ok || method === "HEAD")
    return { status: response.status, headers: response.headers, data };
  throw new Refused(problemOf(response.status, data), response.headers);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Said} said
 */
async function send(method, path, { json, bytes, headers = {} }) {
  /** @type {Record<string, string>} */
  const all = { accept: "application/json", "accept-language": language.peek(), ...headers };
  if (method !== "GET" && method !== "HEAD") all["x-csrf-token"] = token;
  if (json !== undefined) all["content-type"] = "application/json";
  const body = json === undefined ? (bytes ?? null) : JSON.stringify(json);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  const sent = Date.now();
  try {
    const options = { method, headers: all, body, signal: control.signal };
    const response = await fetch(path, {
      ...options,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
    noteServerTime(response.headers.get("x-server-time"), sent, Date.now());
    return response;
  } catch {
    throw unreachable("no answer");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The reply's JSON. Anything else came from a proxy or a hotel's sign-in page and counts as no reply.
 * @param {Response} response
 * @returns {Promise<unknown>}
 */
async function content(response) {
  const type = response.headers.get("content-type") ?? "";
  if (!/^application\/(problem\+)?json\b/.test(type)) {
    if (response.status >= 500) return null;
    throw unreachable(`not ours: ${type}`);
  }
  try {
    return await response.json();
  } catch {
    throw unreachable("cut short");
  }
}

/** @param {string} why */
function unreachable(why) {
  online.value = false;
  return new Unreachable(why);
}

/**
 * @param {number} status
 * @param {unknown} data
 * @returns {Problem}
 */
function problemOf(status, data) {
  const said = typeof data === "object" && data !== null ? data : {};
  return { code: "", title: "", detail: "", ...said, status };
}

/**
 * Milliseconds a refusal asks us to wait.
 * @param {Refused} refused
 */
export function askedToWait(refused) {
  const seconds = Number(refused.headers.get("retry-after") ?? refused.problem.retry_after ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
