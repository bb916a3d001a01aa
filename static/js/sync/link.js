import { signal } from "../../vendor/signals-core.js";

/**
 * Whether the server answers. The browser's own word is only a hint: it stays true behind a hotel's sign-in
 * page. What counts is how the last request ended.
 */
export const online = signal(globalThis.navigator?.onLine !== false);

/** Whether a network answered in the server's place: it wants a sign-in before it lets anything through. */
export const portal = signal(false);

/** @param {() => void} back called when a network appears */
export function watchLink(back) {
  addEventListener("offline", () => {
    online.value = false;
    portal.value = false;
  });
  addEventListener("online", () => {
    online.value = true;
    portal.value = false;
    back();
  });
}
