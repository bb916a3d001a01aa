import { endPush } from "./push.js";

/**
 * Takes away what lies outside the database: caches other than the app itself, remembered facts other than how
 * this phone's owner wants the app to look, the number on its icon,
 * and being told of anything.
 */
export async function wipeTraces() {
  const kept = (await globalThis.caches?.keys().catch(() => [])) ?? [];
  const others = kept.filter((name) => !name.startsWith(APP));
  await Promise.all(others.map((name) => caches.delete(name)));
  wipe(() => localStorage, LOOKS);
  wipe(() => sessionStorage, "");
  await Promise.all([navigator.clearAppBadge?.().catch(() => undefined), endPush()]);
}

const APP = "mingcha-app-";
const LOOKS = "mingcha.preferences";

/**
 * @param {() => Storage} storage
 * @param {string} spared
 */
function wipe(storage, spared) {
  try {
    const kept = storage();
    for (const key of Object.keys(kept)) if (key !== spared) kept.removeItem(key);
  } catch {
    // Storage refused: then there is nothing in it.
  }
}
