import { signal } from "../../vendor/signals-core.js";

const HEAD = 40;

/** Whether the big score has scrolled away, so that the line under the title takes it over. */
export const scrolled = signal(false);

export function watchScroll() {
  addEventListener("scroll", () => (scrolled.value = scrollY > HEAD), { passive: true });
}
