const SOON = 200;
const AT_LAST = 5000;

/** Resolves once the phone has nothing more urgent to do, or after a while all the same. */
export function leisure() {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve, { timeout: AT_LAST });
    else setTimeout(resolve, SOON);
  });
}
