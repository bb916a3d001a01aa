/** @import {AnswerRow, Assignment, Item, OutboxRow, Rubric, SlotRow, VisitRow} from "../../static/js/types.js" */
import { readFileSync } from "node:fs";
import { emptyRow } from "../../static/js/model/answer_row.js";

const rubrics = JSON.parse(readFileSync("tests/golden/scoring_rubrics.json", "utf8"));

/** The customer club's card, as published. @type {Rubric} */
export const KC = rubrics.KC;
/** A small card with every kind of rule. @type {Rubric} */
export const MINI = rubrics.MINI;

export const LI = "account-li";
export const ZHAO = "account-zhao";
export const VISIT = "01935f00-0000-7000-8000-000000000001";
export const NOON = "2026-11-18T04:00:00.000Z";

/**
 * @param {Rubric} rubric
 * @param {string} code
 * @returns {Item}
 */
export function itemOf(rubric, code) {
  const found = rubric.sections
    .flatMap((section) => section.items)
    .find((item) => item.code === code);
  if (!found) throw new Error(`no item ${code}`);
  return found;
}

/**
 * @param {string} item
 * @param {Partial<AnswerRow>} [said]
 */
export function row(item, said = {}) {
  return { ...emptyRow(VISIT, item), ...said };
}

/**
 * @param {string} item
 * @param {Partial<SlotRow>} [facts]
 * @returns {SlotRow}
 */
export function slot(item, facts = {}) {
  const size = { size: 5, width: 4, height: 3 };
  const taken = { origin: /** @type {const} */ ("camera"), taken_at: NOON };
  return {
    format: 1,
    visit: VISIT,
    item,
    sha256: "a".repeat(64),
    position: 0,
    ...size,
    ...taken,
    ...facts,
  };
}

/**
 * @param {Partial<VisitRow>} [facts]
 * @returns {VisitRow}
 */
export function visit(facts = {}) {
  return {
    format: 1,
    id: VISIT,
    account: LI,
    assignment: "assignment-1",
    attempt: 1,
    state: "draft",
    rubric: "d".repeat(64),
    store: store(),
    round: { code: "2026Q4", name_zh: "第四季度", name_en: "Q4" },
    window_from: "2026-11-01",
    window_to: "2026-11-30",
    cover: "",
    visit_kind: "mystery_visit",
    earlier: [],
    started_at: NOON,
    changed_at: NOON,
    saves: 0,
    at: null,
    bulk_pass: [],
    place: null,
    declaration: true,
    return_reason: "",
    ...facts,
  };
}

/** A club that lacks nothing. */
export function store() {
  const place = { region_zh: "兰州", region_en: "Lanzhou", address: "云汀路 18 号" };
  const features = [
    ...new Set(KC.sections.flatMap((one) => one.items.map((item) => item.feature))),
  ];
  const where = { latitude_e6: null, longitude_e6: null };
  return {
    code: "LZ-C01",
    name: "云汀路客户俱乐部",
    kind: "customer_club",
    ...place,
    features,
    ...where,
  };
}

/**
 * @param {Partial<Assignment>} [facts]
 * @returns {Assignment}
 */
export function assignment(facts = {}) {
  const { rubric, round, store: place, cover, visit_kind, window_from, window_to } = visit();
  const named = {
    digest: rubric,
    code: "KC",
    title_zh: "",
    title_en: "",
    number: 1,
    item_count: 37,
  };
  const window = { window_from, window_to };
  const rest = {
    cover,
    visit_kind,
    round,
    store: place,
    rubric: named,
    returned: null,
    earlier: [],
  };
  return { id: "assignment-1", state: "open", ...window, ...rest, ...facts };
}

/**
 * @param {Partial<OutboxRow>} [facts]
 * @returns {OutboxRow}
 */
export function outboxRow(facts = {}) {
  const body = /** @type {ArrayBuffer} */ (new TextEncoder().encode("{}").buffer);
  return {
    format: 1,
    visit: VISIT,
    attempt: 1,
    account: LI,
    state: "waiting",
    body,
    content_hash: "c".repeat(64),
    photos: [],
    store_name: "云汀路客户俱乐部",
    frozen_at: NOON,
    tries: 0,
    problem: null,
    receipt: null,
    completed_at: "",
    ...facts,
  };
}

/** @param {Partial<OutboxRow>} [facts] */
export function receipt({ visit: id = VISIT, attempt = 1, content_hash = "c".repeat(64) } = {}) {
  const rest = { manifest_hash: "e".repeat(64), received_at: NOON, receipt_no: "20261118-ABC123" };
  return { visit: id, attempt, content_hash, ...rest };
}
