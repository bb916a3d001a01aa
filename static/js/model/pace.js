/** How much of a photo to send at once, on a line that is cut at any moment. */

export const SMALLEST = 8 * 1024;
export const FIRST = 64 * 1024;
export const LARGEST = 1024 * 1024;

/** So many pieces have to arrive before more is risked at once than was lost the last time. */
const TRUST = 32;

/** @typedef {{piece: number, ceiling: number, arrived: number}} Pace */

/** @type {Readonly<Pace>} */
export const START = { piece: FIRST, ceiling: LARGEST, arrived: 0 };

/**
 * A piece arrived whole: the next one is twice as long.
 * @param {Pace} pace
 * @returns {Pace}
 */
export function afterPiece({ piece, ceiling, arrived }) {
  const trusted = arrived + 1 === TRUST;
  const most = trusted ? Math.min(LARGEST, ceiling * 2) : ceiling;
  return { piece: Math.min(most, piece * 2), ceiling: most, arrived: trusted ? 0 : arrived + 1 };
}

/**
 * A piece was cut. A server that keeps what arrived loses next to nothing, whatever the length. Where nothing of
 * it was kept, something in between hands on whole pieces only: from then on they are short.
 * @param {Pace} pace
 * @param {number} kept bytes of the piece that are there
 * @returns {Pace}
 */
export function afterCut(pace, kept) {
  if (kept > 0) return pace;
  const ceiling = Math.max(SMALLEST, Math.floor(pace.piece / 2));
  return { piece: ceiling, ceiling, arrived: 0 };
}
