/** @import {Signal} from "../../vendor/signals-core.js" */
/** @import {AnswerRow, VisitRow} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import { keepVisit } from "./visits.js";

const RETRY = 3000;

/** @typedef {{state: "saved" | "saving" | "failed", at: string}} Saved */

/**
 * Writes what changed, one transaction at a time. Changes that arrive meanwhile go out together in the next;
 * what could not be written stays on the list and is tried again, and the screen says so.
 * @param {Signal<VisitRow>} visit
 * @param {Map<string, Signal<AnswerRow>>} rows
 */
export function createSaver(visit, rows) {
  const saved = signal(/** @type {Saved} */ ({ state: "saved", at: visit.peek().changed_at }));
  /** @type {Set<string>} */
  const changed = new Set();
  let due = false;
  /** @type {Promise<void> | null} */
  let running = null;

  async function run() {
    while (due) {
      due = false;
      const items = [...changed];
      changed.clear();
      const written = visit.peek();
      try {
        await keepVisit(written, rowsOf(items));
        saved.value = { state: due ? "saving" : "saved", at: written.changed_at };
      } catch {
        for (const item of items) changed.add(item);
        saved.value = { ...saved.peek(), state: "failed" };
        setTimeout(() => touch([]), RETRY);
        return;
      }
    }
  }

  /** @param {readonly string[]} items */
  function rowsOf(items) {
    return items.flatMap((item) => rows.get(item)?.peek() ?? []);
  }

  /** @param {readonly string[]} items */
  function touch(items) {
    for (const item of items) changed.add(item);
    due = true;
    if (saved.peek().state === "saved") saved.value = { ...saved.peek(), state: "saving" };
    if (!running) begin(run());
  }

  /** @param {Promise<void>} work nothing is written beside it; what changed meanwhile follows */
  function begin(work) {
    running = work.finally(() => {
      running = null;
      if (due) touch([]);
    });
  }

  /**
   * Does something once everything entered is in the database, and writes nothing until it is done.
   * @param {() => Promise<void>} work
   */
  async function apart(work) {
    while (running) await running;
    if (saved.peek().state !== "saved") throw new Error("not saved");
    const doing = work();
    begin(doing.catch(() => undefined));
    await doing;
  }

  /** Resolves to whether everything entered so far is in the database. */
  async function settled() {
    while (running) await running;
    return saved.peek().state === "saved";
  }

  return { saved, touch, apart, settled };
}
