import { signal } from "../../vendor/signals-core.js";

/**
 * Whether the server answers. The browser's own word is only a hint: it stays true behind a hotel's sign-in
 * page. What counts is how the last request ended.
 */
export const online = signal(globalThis.navigator?.onLine !== false);

/** @param {() => void} back called when a network appears */
export function watchLink(back) {
  addEventListener("offline", () => {
    online.value = false;
  });
  addEventListener("online", () => {
    online.value = true;
    back();
  });
}
