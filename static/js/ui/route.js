import { signal } from "../../vendor/signals-core.js";

const INSIDE =
  /^#\/(?:visits|notices|appeals)\/([0-9a-f-]+)\/(form|capture|check|result|versions|notice|line|appeal)(?:\/([\w-]*))?$/;
const TAB = /^#\/(outbox|history|me|restored|transfer|appeals|inbox|self-check)$/;

/** @typedef {{name: string, visit: string, section: string}} Route */

/**
 * Where a hash leads. Anything unknown leads to today's tasks.
 * @param {string} hash
 * @returns {Route}
 */
export function parseRoute(hash) {
  const inside = INSIDE.exec(hash);
  if (inside) return { name: inside[2] ?? "", visit: inside[1] ?? "", section: inside[3] ?? "" };
  return { name: TAB.exec(hash)?.[1] ?? "tasks", visit: "", section: "" };
}

export const route = signal(parseRoute(globalThis.location?.hash ?? ""));

/** @param {string} hash */
export function go(hash) {
  location.hash = hash;
}

/** @param {string} hash where the screen behind this one should not be returned to */
export function goInstead(hash) {
  location.replace(hash);
}

/** @param {string} visit @param {string} section */
export function formAt(visit, section) {
  return `#/visits/${visit}/form/${section}`;
}

/**
 * Opens the app anew on its first screen, with nothing of this page left in memory.
 * @returns {Promise<never>}
 */
export function startOver() {
  history.replaceState(null, "", location.pathname);
  location.reload();
  // Whatever waits for this is gone before it could go on.
  return new Promise(() => {});
}

export function watchRoute() {
  addEventListener("hashchange", () => {
    route.value = parseRoute(location.hash);
  });
}
