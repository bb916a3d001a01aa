/** @import {SendingRow, StoreLine, StoreNotice, StoreNoticeListed} from "../../static/js/types.js" */
/** @import {Line} from "./server_double.js" */
import { createHash } from "node:crypto";
import { bytesOf } from "../../static/js/model/bytes.js";
import { LI, NOON } from "./makers.js";
import { json, problem, putBehindFetch } from "./server_double.js";

export const NOTICE = "0123456789abcdef0123456789abcdef";
export const SENDING = "01935f00-0000-7000-8000-0000000000a1";

/**
 * @param {number} no
 * @param {Partial<StoreLine>} [facts]
 * @returns {StoreLine}
 */
export function line(no, facts = {}) {
  return {
    no,
    item: `KC-M-0${no}`,
    item_title: `第${no}项`,
    section_title: "资料摆放",
    severity: "general",
    severity_word: "",
    problem: "架上有过期折页",
    standard: "资料齐全",
    lost: "−1.0",
    requirement: "补齐",
    responsible: "",
    allowed: "24 小时",
    due_at: "2026-11-19T04:00:00Z",
    due: "",
    photos: [],
    ...facts,
  };
}

/**
 * @param {Partial<StoreNotice>} [facts]
 * @returns {StoreNotice}
 */
export function notice(facts = {}) {
  const scores = { score: "89.5", full: "100.0", lost: "−10.5" };
  const words = { title: "整改通知书", issuer: "省公司", basis: "", outcome: "", check: "ABC" };
  return {
    id: NOTICE,
    number: "甘移服整〔2026〕1号",
    state: "issued",
    language: "zh-CN",
    issued_at: NOON,
    store_name: "云汀路客户俱乐部",
    round_name: "第四季度暗访",
    rubric_title: "评分表",
    rubric_edition: "2026",
    visited: "2026年第47周",
    ...words,
    ...scores,
    notes: [],
    sections: [],
    lines: [line(1, { photos: [{ k: 1, figure: 1, caption: "" }] }), line(2)],
    demands: [],
    pdf_ready: true,
    acknowledged_by: null,
    acknowledged_at: null,
    follow: [],
    ...facts,
  };
}

/**
 * @param {Partial<SendingRow>} [facts]
 * @returns {SendingRow}
 */
export function sendingRow(facts = {}) {
  const body = '{"format":1}';
  return {
    format: 1,
    id: SENDING,
    account: LI,
    kind: "receipt",
    notice: NOTICE,
    line: 0,
    title: "1号",
    path: `/api/store-notices/${NOTICE}/receipts/${SENDING}`,
    body,
    content_hash: createHash("sha256")
      .update(new Uint8Array(bytesOf(body)))
      .digest("hex"),
    photos: [],
    state: "waiting",
    frozen_at: NOON,
    tries: 0,
    problem: null,
    receipt: null,
    ...facts,
  };
}

/** A server with one store's notices, as the contract describes it, with a line that can fail. */
export class StoreServer {
  constructor() {
    this.notices = [notice()];
    /** @type {Map<string, {hash: string, receipt: object}>} */
    this.sendings = new Map();
    /** @type {string[]} */
    this.asked = [];
    /** @type {Line} */
    this.line = () => null;
  }

  listen() {
    putBehindFetch(this);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} options
   * @returns {Promise<Response>}
   */
  async answer(method, path, options) {
    const headers = new Headers(options.headers);
    if (method === "PUT") return this.receive(path, options.body, headers);
    if (path === "/api/store-notices") return this.list(headers);
    if (path === "/api/store-appeals") return json(200, { appeals: [] });
    if (path === "/api/inbox") return json(200, { messages: [] });
    if (path.endsWith(".jpg")) return new Response(new Uint8Array([255, 216, 255]));
    const found = this.notices.find(({ id }) => path === `/api/store-notices/${id}`);
    return found ? json(200, found) : problem(404, "missing");
  }

  /** @param {Headers} headers */
  list(headers) {
    const listed = { notices: this.notices.map(listing) };
    const etag = `"${createHash("sha256").update(JSON.stringify(listed)).digest("hex")}"`;
    if (headers.get("if-none-match") === etag)
      return new Response(null, { status: 304, headers: { etag } });
    const answer = json(200, listed);
    answer.headers.set("etag", etag);
    return answer;
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @param {Headers} headers
   */
  receive(path, body, headers) {
    const bytes = new Uint8Array(/** @type {ArrayBuffer} */ (body));
    const hash = createHash("sha256").update(bytes).digest("hex");
    if (hash !== headers.get("x-content-sha256")) return problem(422, "content.hash_mismatch");
    const id = path.split("/").at(-1) ?? "";
    const known = this.sendings.get(id);
    if (known)
      return known.hash === hash ? json(200, known.receipt) : problem(409, "sending.conflict");
    const receipt = {
      outcome: "",
      id,
      kind: "receipt",
      notice: NOTICE,
      line: 0,
      content_hash: hash,
      received_at: NOON,
    };
    this.sendings.set(id, { hash, receipt });
    this.notices = this.notices.map((one) => ({ ...one, state: "acknowledged" }));
    return json(201, receipt);
  }
}

/**
 * @param {StoreNotice} one
 * @returns {StoreNoticeListed}
 */
export function listing({ id, number, state, title, round_name, issued_at, score, lost, lines }) {
  const version = createHash("sha256").update(state).digest("hex");
  const facts = { id, number, state, title, round_name, issued_at, score, lost, pdf_ready: true };
  return { ...facts, lines: lines.length, first_due_at: lines[0]?.due_at ?? "", version };
}
