/** @import {IDBPDatabase, IDBPTransaction, StoreNames} from "../../vendor/idb.js" */
/** @import {PhoneSchema} from "./schema.js" */
import { openDB } from "../../vendor/idb.js";
import { signal } from "../../vendor/signals-core.js";
import { VERSION, migrate } from "./migrations.js";

/** @typedef {IDBPDatabase<PhoneSchema>} Phone */
/** @typedef {StoreNames<PhoneSchema>} Name */

const NAME = "mingcha";

/** What keeps this browser from storing anything, in the browser's own words; empty while storing works. */
export const storageFault = signal("");

/** Another window brought a newer database: this one must be reloaded before it can go on. */
export const outgrown = signal(false);

/** How often the system took the connection away; what lies open is written again after each. */
export const interruptions = signal(0);

/** What the system threw away while the app was open, and that all known was written again; then it is said. */
export const cleared = signal(/** @type {"no" | "just now" | "written again"} */ ("no"));

/** @type {Promise<Phone> | null} */
let opened = null;

/** Whether this page had the database before: one that is new all the same was cleared. */
let hadIt = false;

/** @type {(db: Phone) => Promise<void>} */
let onOpened = async () => undefined;

/** @param {(db: Phone) => Promise<void>} work done at each opening, before anybody else reads or writes */
export function afterOpening(work) {
  onOpened = work;
}

/** The one connection, opened when first needed and again after the system took it away. */
function phone() {
  opened ??= open().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function open() {
  const db = await connect();
  hadIt = true;
  await onOpened(db);
  return db;
}

async function connect() {
  try {
    return await openDB(NAME, VERSION, callbacks());
  } catch (error) {
    // After a server went back a release the database is newer than the app; newer only means more.
    if (nameOf(error) === "VersionError") return openDB(NAME, undefined, callbacks());
    throw error;
  }
}

/** @returns {import("../../vendor/idb.js").OpenDBCallbacks<PhoneSchema>} */
function callbacks() {
  return {
    upgrade: (db, from) => {
      if (hadIt && from === 0) {
        cleared.value = "just now";
        // Whoever was told of the interruption may have looked while the old database still answered.
        interruptions.value += 1;
      }
      return migrate(db, from);
    },
    blocking: (_current, _next, event) => {
      /** @type {IDBDatabase} */ (event.target).close();
      opened = null;
      outgrown.value = true;
    },
    terminated: () => {
      opened = null;
      interruptions.value += 1;
    },
  };
}

/**
 * Reads and writes in one transaction, whole or not at all. A connection that died in the background is opened anew once;
 * a failure after that is shown, never swallowed.
 * @template T
 * @template {Name} S
 * @param {S[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(tx: IDBPTransaction<PhoneSchema, S[], "readwrite">) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function within(stores, mode, work) {
  try {
    const result = await attempt(stores, mode, work);
    if (mode === "readwrite") storageFault.value = "";
    return result;
  } catch (error) {
    storageFault.value = nameOf(error);
    throw error;
  }
}

/**
 * @template T
 * @template {Name} S
 * @param {S[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(tx: IDBPTransaction<PhoneSchema, S[], "readwrite">) => Promise<T>} work
 */
async function attempt(stores, mode, work) {
  try {
    return await once(stores, mode, work);
  } catch (error) {
    if (nameOf(error) !== "InvalidStateError") throw error;
    opened = null;
    return once(stores, mode, work);
  }
}

/**
 * @template T
 * @template {Name} S
 * @param {S[]} stores
 * @param {"readonly" | "readwrite"} mode
 * @param {(tx: IDBPTransaction<PhoneSchema, S[], "readwrite">) => Promise<T>} work
 */
async function once(stores, mode, work) {
  const db = await phone();
  // Strict: what the row calls saved survives the phone losing power.
  const tx = db.transaction(stores, mode, { durability: "strict" });
  const writable = /** @type {IDBPTransaction<PhoneSchema, S[], "readwrite">} */ (tx);
  try {
    const [result] = await Promise.all([work(writable), tx.done]);
    return result;
  } catch (error) {
    takeBack(tx);
    throw error;
  }
}

/**
 * Left alone, a transaction commits what was asked of it before the work failed.
 * @param {{abort: () => void, done: Promise<void>}} tx
 */
function takeBack(tx) {
  tx.done.catch(() => undefined);
  try {
    tx.abort();
  } catch {
    // The browser ended it by itself: that was the failure.
  }
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error ? error.name : "Error";
}

/** For tests: lets go of the connection. */
export async function close() {
  const db = await opened;
  db?.close();
  opened = null;
}
