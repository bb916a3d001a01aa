/** Exact numbers: a fraction of two whole numbers of any size, the lower one positive.
 * @typedef {{readonly n: bigint, readonly d: bigint}} Exact
 */

/**
 * @param {number} number a whole number
 * @returns {Exact}
 */
export function whole(number) {
  return { n: BigInt(number), d: 1n };
}

export const ZERO = whole(0);

/**
 * @param {Exact} a
 * @param {Exact} b
 */
export function plus(a, b) {
  return reduced(a.n * b.d + b.n * a.d, a.d * b.d);
}

/**
 * @param {Exact} a
 * @param {Exact} b
 */
export function minus(a, b) {
  return reduced(a.n * b.d - b.n * a.d, a.d * b.d);
}

/**
 * @param {Exact} a
 * @param {number} by a whole number
 * @param {number} over a whole number above zero
 */
export function scaled(a, by, over) {
  return reduced(a.n * BigInt(by), a.d * BigInt(over));
}

/**
 * @param {readonly Exact[]} numbers
 * @returns {Exact}
 */
export function sum(numbers) {
  return numbers.reduce(plus, ZERO);
}

/**
 * @param {Exact} a
 * @param {Exact} b
 */
export function least(a, b) {
  return exceeds(a, b) ? b : a;
}

/**
 * @param {Exact} a
 * @param {Exact} b
 */
export function exceeds(a, b) {
  return a.n * b.d > b.n * a.d;
}

/**
 * The one rounding of a card, to whole hundredths. The number is never negative.
 * @param {Exact} a
 * @param {"half_up" | "half_even"} rounding
 */
export function rounded(a, rounding) {
  const floor = a.n / a.d;
  const twice = 2n * (a.n % a.d);
  const tieUp = rounding === "half_up" || floor % 2n === 1n;
  return Number(twice > a.d || (twice === a.d && tieUp) ? floor + 1n : floor);
}

/**
 * @param {bigint} n
 * @param {bigint} d
 * @returns {Exact}
 */
function reduced(n, d) {
  const shared = divisor(n < 0n ? -n : n, d);
  return { n: n / shared, d: d / shared };
}

/**
 * @param {bigint} a
 * @param {bigint} b
 * @returns {bigint}
 */
function divisor(a, b) {
  return b === 0n ? a : divisor(b, a % b);
}
