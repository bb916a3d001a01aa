import { signal } from "../../../vendor/signals-core.js";

const SECOND = 1000;

/** @type {ReturnType<typeof setInterval> | undefined} */
let beat;

/** The time of day, once a second while something on the screen shows it. */
export const ticking = signal(Date.now(), {
  watched() {
    this.value = Date.now();
    beat = setInterval(() => {
      this.value = Date.now();
    }, SECOND);
  },
  unwatched() {
    clearInterval(beat);
  },
});
