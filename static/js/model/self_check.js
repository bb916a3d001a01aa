/** @import {StoreLine, StoreNotice} from "../types.js" */
import { day } from "./when.js";

/** Notices that say nothing any more. */
const GONE = new Set(["void", "superseded"]);

/**
 * The Monday of the week a time falls into, as a calendar day.
 * @param {number} time
 */
export function weekOf(time) {
  const noon = new Date(`${day(time)}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - ((noon.getUTCDay() + 6) % 7));
  return noon.toISOString().slice(0, 10);
}

/**
 * What a store lost marks for and should look at itself: each item once, as the latest notice has it.
 * @param {readonly StoreNotice[]} notices
 * @returns {{line: StoreLine, notice: StoreNotice}[]}
 */
export function lostItems(notices) {
  const found = new Map();
  const latest = [...notices].sort((a, b) => b.issued_at.localeCompare(a.issued_at));
  for (const notice of latest.filter(({ state }) => !GONE.has(state)))
    for (const line of notice.lines)
      if (!found.has(line.item)) found.set(line.item, { line, notice });
  return [...found.values()];
}
