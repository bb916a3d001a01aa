/** How long to wait on a line that comes and goes. */

const FIRST = 500;
const LONGEST = 60_000;

/**
 * Full jitter: anything between nothing and the doubled wait, so that a hundred phones do not knock at once.
 * @param {number} tries failures in a row so far
 * @param {number} chance from 0 up to, not including, 1
 * @param {number} [asked] milliseconds the server asked for
 */
export function wait(tries, chance, asked = 0) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 20));
  return Math.max(asked, Math.round(chance * ceiling));
}
