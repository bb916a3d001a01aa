/** Several windows of the app share one database and one session; each tells the others what it changed. */

/** @typedef {"outbox" | "session" | "lock"} News */

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("mingcha") : null;
// In tests no window stays open for a channel's sake.
/** @type {{unref?: () => void} | null} */ (channel)?.unref?.();

/** @param {News} [news] what changed */
export function tellOthers(news = "outbox") {
  channel?.postMessage(news);
}

/**
 * @param {() => void} heard
 * @param {News} [news]
 */
export function hearOthers(heard, news = "outbox") {
  channel?.addEventListener("message", (event) => {
    if (event.data === news) heard();
  });
}

/**
 * Runs work in one window at a time. A window that finds the lock taken waits: it must not miss the outcome.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function alone(name, work) {
  const locks = globalThis.navigator?.locks;
  if (locks) await locks.request(name, work);
  else await work();
}
