/** @import {IDBPDatabase} from "../../static/vendor/idb.js" */
import { openDB } from "../../static/vendor/idb.js";
import { STEPS } from "../../static/js/store/migrations.js";
import { LI, NOON, VISIT, ZHAO, outboxRow, row, slot, visit } from "./makers.js";

/** Words planted in the rows below, none of which may be found in a database that was sealed. */
export const CANARIES = [
  "云汀路客户俱乐部",
  "云汀路 18 号",
  "台阶有积雪",
  "探店身份",
  "第四季度",
  "正文",
];

export const PHOTO = "a".repeat(64);
export const SENT = VISIT.replace("1", "2");
export const OTHERS = VISIT.replace("1", "3");

/** A photo's bytes, and small. */
export const PIXELS = bytesOf("JPEG像素".repeat(40));
export const THUMB = bytesOf("缩略图");

/** Rows as the first version of the app wrote them: open, `format` 1. */
const ROWS = {
  meta: [
    { key: "clock", value: 4200 },
    { key: "device", value: "device-1" },
  ],
  rubrics: [{ digest: "d".repeat(64), rubric: { code: "KC" } }],
  assignments: [
    { account: LI, fetched_at: NOON, data: { server_time: NOON, round: null, assignments: [] } },
  ],
  history: [{ account: LI, fetched_at: NOON, data: [{ id: SENT, store: visit().store }] }],
  visits: [
    visit({
      cover: "探店身份：给老人办套餐",
      saves: 12,
      at: { section: "environment", item: "KC-E-01" },
    }),
    visit({ id: SENT, assignment: "assignment-2", state: "sealed" }),
    visit({ id: OTHERS, account: ZHAO, assignment: "assignment-3" }),
  ],
  answers: [
    row("KC-E-01", { verdict: "loss", count: 2, note: "台阶有积雪" }),
    row("KC-E-02", { verdict: "pass" }),
  ],
  slots: [slot("KC-E-01", { sha256: PHOTO }), slot("", { sha256: "b".repeat(64), position: 1 })],
  photos: [
    { format: 1, sha256: PHOTO, bytes: PIXELS, thumb: THUMB },
    { format: 1, sha256: "b".repeat(64), bytes: null, thumb: THUMB },
  ],
  uploads: [PHOTO, "b".repeat(64)].map((sha256, at) => ({
    format: 1,
    sha256,
    account: LI,
    visit: VISIT,
    size: 5,
    offset: at * 5,
    state: at ? "here" : "waiting",
    problem: "",
  })),
  outbox: [
    outboxRow({
      visit: SENT,
      photos: [PHOTO],
      body: bytesOf('{"note":"正文"}'),
      state: "waiting",
      tries: 3,
    }),
  ],
};

/** Builds the phone's database as version 1 left it: a visit half filled in, photos, one visit waiting. */
export async function recordFirst() {
  const db = await openDB("mingcha", 1, {
    upgrade: (made) => STEPS[0]?.(/** @type {any} */ (made)),
  });
  for (const [store, rows] of Object.entries(ROWS))
    for (const one of rows) await db.put(store, structuredClone(one));
  db.close();
}

/**
 * Every byte of every store as one text, the way a search through a copied database finds words.
 * @param {IDBPDatabase<any>} db
 */
export async function dumped(db) {
  const stores = [...db.objectStoreNames];
  const rows = await Promise.all(stores.map((store) => db.getAll(store)));
  return stores.map((store, at) => `${store}: ${JSON.stringify(rows[at], readable)}`).join("\n");
}

/** @param {string} _key @param {unknown} value */
function readable(_key, value) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return new TextDecoder().decode(/** @type {ArrayBuffer} */ (value));
  return value;
}

/** @param {string} text */
function bytesOf(text) {
  return /** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer);
}
