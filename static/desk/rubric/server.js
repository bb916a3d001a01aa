/** @import {Doc, Report} from "./types.js" */

/** What became of a request: its answer, or why there is none.
 * @typedef {{kind: "done", body: any} | {kind: "offline"} | {kind: "signed_out"} | {kind: "changed", problem: string} | {kind: "closed", problem: string} | {kind: "refused", problem: string, body: any}} Outcome */

const CHANGED = "rubric_draft.changed";

/**
 * A draft as the server tells it.
 * @param {any} body
 * @returns {Report}
 */
export function reportOf({ document, seen, report, changed_at, changed_by, changed_by_you }) {
  return { document, seen, faults: report.faults, changed_at, changed_by, changed_by_you };
}

/**
 * The server as the editor asks it.
 * @param {string} draft
 * @param {string} csrf the token of the session the page was opened in
 */
export function createServer(draft, csrf) {
  let token = csrf;
  const place = `/api/rubric-drafts/${draft}`;

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<Outcome>}
   */
  async function ask(method, path, body) {
    const first = await sent(method, path, body, token);
    if (first.kind !== "signed_out") return first;
    // Signed in again beside this page: that session has a token of its own.
    const fresh = await freshToken();
    if (!fresh || fresh === token) return first;
    token = fresh;
    return sent(method, path, body, token);
  }

  return {
    /** @returns {Promise<Outcome>} */
    read: () => ask("GET", place),
    /** @param {Doc} document @param {Report["seen"]} seen @returns {Promise<Outcome>} */
    keep: (document, seen) => ask("PUT", place, { document, seen }),
    /** @param {Blob} file @returns {Promise<Outcome>} */
    sendPhoto: (file) => ask("POST", `${place}/photos`, file),
    /** @param {Doc} document @param {unknown[]} answers @returns {Promise<Outcome>} */
    score: (document, answers) => ask("POST", `${place}/trials`, { document, answers }),
  };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @param {string} token
 * @returns {Promise<Outcome>}
 */
async function sent(method, path, body, token) {
  const headers = {
    accept: "application/json",
    "x-csrf-token": token,
    ...(body !== undefined && { "content-type": typeOf(body) }),
  };
  const written =
    body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) };
  try {
    const answer = await fetch(path, { method, headers, credentials: "same-origin", ...written });
    return outcome(answer.status, await answer.json());
  } catch {
    // No network, or somebody else answered in the server's place.
    return { kind: "offline" };
  }
}

/** @param {unknown} body */
function typeOf(body) {
  return body instanceof Blob ? "application/octet-stream" : "application/json";
}

/** What an answer that is no success comes to; what is not named here is worth trying again.
 * @type {Record<number, "signed_out" | "closed" | "refused">} */
const BY_STATUS = {
  ...{ 401: "signed_out", 403: "closed", 404: "closed", 409: "closed" },
  ...{ 400: "refused", 413: "refused", 415: "refused", 422: "refused" },
};
/** @type {Record<string, "signed_out" | "changed">} */
const BY_CODE = { "request.forged": "signed_out", [CHANGED]: "changed" };

/**
 * @param {number} status
 * @param {any} body
 * @returns {Outcome}
 */
export function outcome(status, body) {
  if (status < 400) return { kind: "done", body };
  const kind = BY_CODE[body?.code] ?? BY_STATUS[status] ?? "offline";
  return /** @type {Outcome} */ ({ kind, problem: String(body?.detail ?? ""), body });
}

/** @returns {Promise<string>} "" where nobody is signed in, or nobody answers */
async function freshToken() {
  try {
    const answer = await fetch("/api/session", { headers: { accept: "application/json" } });
    return answer.ok ? String((await answer.json()).csrf_token ?? "") : "";
  } catch {
    return "";
  }
}
