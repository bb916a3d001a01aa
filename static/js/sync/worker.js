import { signal } from "../../vendor/signals-core.js";

/** A new version has been fetched and waits for a word. */
export const updateReady = signal(false);

/** Whether the app starts without a network; null while nobody knows. Tried, not guessed from the browser's name. */
export const worksOffline = signal(/** @type {boolean | null} */ (null));

const HOUR = 3_600_000;
const RELOAD_ANYWAY = 3000;

/** @type {ServiceWorkerRegistration | undefined} */
let registration;

/** Registers the service worker and watches for a newer one. */
export async function watchWorker() {
  if (!("serviceWorker" in navigator)) return void (worksOffline.value = false);
  await loaded();
  try {
    registration = await navigator.serviceWorker.register("sw.js", { updateViaCache: "none" });
  } catch {
    registration = undefined;
  }
  // In some web views registering answers with nothing.
  if (!registration) return void (worksOffline.value = false);
  await navigator.serviceWorker.ready;
  worksOffline.value = true;
  follow(registration);
  setInterval(look, HOUR);
}

/** Keeping the app for later waits until the first screen has all it needs. */
function loaded() {
  if (document.readyState === "complete") return undefined;
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

export function look() {
  registration?.update().catch(() => undefined);
}

/** @param {ServiceWorkerRegistration} known */
function follow(known) {
  const check = () => {
    if (known.waiting && navigator.serviceWorker.controller) updateReady.value = true;
  };
  check();
  // Another window took the new version: this one still runs the old, and should not fetch parts of the new.
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    updateReady.value ||= controlled;
    controlled = true;
  });
  known.addEventListener("updatefound", () =>
    known.installing?.addEventListener("statechange", check),
  );
}

/** Lets the waiting version take over, and starts the page anew with it. */
export function applyUpdate() {
  const reload = () => location.reload();
  if (!registration?.waiting) return reload();
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  registration.waiting.postMessage("take over");
  // Some phones never say that the worker changed.
  setTimeout(reload, RELOAD_ANYWAY);
}
