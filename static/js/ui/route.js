import { signal } from "../../vendor/signals-core.js";

/** @typedef {{name: string, visit: string, section: string}} Route */

/**
 * Where a hash leads. Anything unknown leads to today's tasks.
 * @param {string} hash
 * @returns {Route}
 */
export function parseRoute(hash) {
  const [first = "", visit = "", screen = "", section = ""] = hash.replace(/^#\/?/, "").split("/");
  if (first === "visits" && visit && ["form", "check", "result"].includes(screen))
    return { name: screen, visit, section: decodeURIComponent(section) };
  if (["outbox", "history", "me"].includes(first)) return { name: first, visit: "", section: "" };
  return { name: "tasks", visit: "", section: "" };
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
  return `#/visits/${visit}/form/${encodeURIComponent(section)}`;
}

export function watchRoute() {
  addEventListener("hashchange", () => {
    route.value = parseRoute(location.hash);
  });
}
