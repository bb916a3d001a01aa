/** @import {IDBPDatabase, StoreNames} from "../../vendor/idb.js" */
/** @import {PhoneSchema} from "./schema.js" */

/**
 * How the phone's database grew, one step per version. Steps only add: a store or index is never renamed or
 * deleted within two releases, so that an older app keeps reading what a newer one wrote, and rows carry a
 * `format` number of their own.
 * @type {readonly ((db: IDBPDatabase<PhoneSchema>) => void)[]}
 */
export const STEPS = [
  function first(db) {
    db.createObjectStore("meta", { keyPath: "key" });
    db.createObjectStore("rubrics", { keyPath: "digest" });
    db.createObjectStore("assignments", { keyPath: "account" });
    db.createObjectStore("history", { keyPath: "account" });
    const visits = db.createObjectStore("visits", { keyPath: "id" });
    visits.createIndex("account", "account");
    visits.createIndex("assignment", "assignment");
    db.createObjectStore("answers", { keyPath: ["visit", "item"] });
    db.createObjectStore("slots", { keyPath: ["visit", "item", "sha256"] }).createIndex(
      "sha256",
      "sha256",
    );
    db.createObjectStore("photos", { keyPath: "sha256" });
    db.createObjectStore("uploads", { keyPath: "sha256" }).createIndex("account", "account");
    db.createObjectStore("outbox", { keyPath: ["visit", "attempt"] }).createIndex(
      "account",
      "account",
    );
  },
  function second(db) {
    db.createObjectStore("keys", { keyPath: "account" });
    db.createObjectStore("captures", { keyPath: ["visit", "id"] }).createIndex(
      "account",
      "account",
    );
    db.createObjectStore("copies", { keyPath: "visit" }).createIndex("account", "account");
  },
  function third(db) {
    for (const name of /** @type {const} */ (["notices", "pictures", "replies", "sendings"]))
      db.createObjectStore(name, { keyPath: "id" }).createIndex("account", "account");
  },
];

export const VERSION = STEPS.length;

/**
 * @param {IDBPDatabase<PhoneSchema>} db
 * @param {number} from
 */
export function migrate(db, from) {
  for (const step of STEPS.slice(from)) step(db);
}
