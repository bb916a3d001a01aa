import { signal } from "../../vendor/signals-core.js";
import { isTakenOver } from "./copy_states.js";

/** @typedef {{visit: string, by: "nobody" | "us" | "another"}} Hold */

/** Which draft this window has in hand, and whether another window has it instead. */
export const hold = signal(/** @type {Hold} */ ({ visit: "", by: "nobody" }));

/** A page being reloaded lets go of its lock a moment after the new one asks. */
const PATIENCE = 1000;

/** Ends the lock in hand. */
let letGo = () => {};

/** Tells a lock given up meanwhile from the one in hand. */
let round = 0;

/**
 * Takes a draft in hand, so that no two windows fill in the same one; by force only when the person says so.
 * Where the browser knows no locks, there is nothing to ask.
 * @param {string} visit
 * @param {{steal?: boolean}} [how]
 * @returns {Promise<boolean>} whether it was taken just now, so that it has to be read again
 */
export async function holdDraft(visit, { steal = false } = {}) {
  if (hold.peek().visit === visit && hold.peek().by === "us") return false;
  dropDraft();
  const mine = (round += 1);
  const by = (await taken(visit, steal, mine)) ? "us" : "another";
  if (mine === round) hold.value = { visit, by };
  return by === "us";
}

/** Puts the draft in hand down for other windows. */
export function dropDraft() {
  round += 1;
  letGo();
  letGo = () => {};
  hold.value = { visit: "", by: "nobody" };
}

/**
 * Whether this window may not touch a draft because another has it, here or on another device.
 * @param {string} visit
 */
export function isElsewhere(visit) {
  return isTakenOver(visit) || (hold.value.visit === visit && hold.value.by === "another");
}

/**
 * @param {string} visit
 * @param {boolean} steal
 * @param {number} mine
 * @returns {Promise<boolean>}
 */
function taken(visit, steal, mine) {
  const locks = globalThis.navigator?.locks;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE);
    const how = steal ? { steal } : { signal: patience.signal };
    const held = locks.request(`mingcha-draft-${visit}`, how, (lock) => {
      clearTimeout(over);
      resolve(lock !== null);
      // Somewhere else meanwhile: a lock that comes late is given back at once.
      if (mine !== round) return undefined;
      return new Promise((done) => (letGo = () => done(undefined)));
    });
    // Another window keeps it, or took it by force.
    held.catch(() => {
      resolve(false);
      if (mine === round) hold.value = { visit, by: "another" };
    });
  });
}
