/** Several windows of the app share one database; each tells the others when it changed the outbox. */

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("mingcha") : null;
// In tests no window stays open for a channel's sake.
/** @type {{unref?: () => void} | null} */ (channel)?.unref?.();

export function tellOthers() {
  channel?.postMessage("outbox");
}

/** @param {() => void} heard */
export function hearOthers(heard) {
  channel?.addEventListener("message", heard);
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
