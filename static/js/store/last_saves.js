/**
 * When each draft was last saved, kept apart from the drafts: when a browser loses its database, this tells how
 * much the server's copy lacks. Holds ids and times, nothing else.
 */

const KEY = "mingcha-saves";
const MOST = 20;

/** @returns {Record<string, string>} */
function all() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} visit
 * @param {string} at
 */
export function noteSave(visit, at) {
  const others = Object.entries(all()).filter(([id]) => id !== visit);
  const kept = [...others, [visit, at]].slice(-MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // A hint only: where it cannot be kept, the gap is told without its length.
  }
}

/**
 * @param {string} visit
 * @returns {string} "" where nothing is known
 */
export function lastSave(visit) {
  return all()[visit] ?? "";
}
