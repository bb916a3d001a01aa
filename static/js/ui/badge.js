/**
 * How much there is to do, on the app's icon where the phone shows such a thing. Nobody is asked for it, and
 * where it is not allowed nothing is missing.
 * @param {number} count
 */
export function showOnIcon(count) {
  const shown = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  shown?.catch(() => undefined);
}
