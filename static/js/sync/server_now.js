import { signal } from "../../vendor/signals-core.js";
import { clockOffset } from "./clock.js";

const BEAT = 10_000;

/** @type {ReturnType<typeof setInterval> | undefined} */
let beat;

/** The time at the server, as well as this phone knows it: no deadline follows a clock somebody set wrong. */
export const serverNow = signal(now(), {
  watched() {
    this.value = now();
    beat = setInterval(() => {
      this.value = now();
    }, BEAT);
    // No test waits for it.
    /** @type {{unref?: () => void}} */ (/** @type {unknown} */ (beat)).unref?.();
  },
  unwatched() {
    clearInterval(beat);
  },
});

function now() {
  return Date.now() + clockOffset();
}
