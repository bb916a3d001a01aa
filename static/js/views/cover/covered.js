import { signal } from "../../../vendor/signals-core.js";

const KEY = "mingcha.covered";

/** A shopping list over everything, one tap in, two seconds of holding out. It survives a reload. */
export const covered = signal(recall());

function recall() {
  try {
    return sessionStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** @param {boolean} on */
export function cover(on) {
  covered.value = on;
  try {
    sessionStorage.setItem(KEY, on ? "1" : "0");
  } catch {
    // Only the reload forgets it.
  }
}
