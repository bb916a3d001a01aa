/** Marks drawn over a photo, in pixels of the photo. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {"circle" | "arrow" | "line"} Tool */
/** @typedef {{tool: Tool, points: Point[]}} Mark */
/** What to stroke: an ellipse, or lines through points. @typedef {{ellipse: {x: number, y: number, rx: number, ry: number}} | {lines: Point[][]}} Shape */

/** Share of the photo's longer side that a line is thick. */
const THICK = 1 / 130;
const HEAD = 5;
const SPREAD = Math.PI / 7;
/** A tap is no mark. */
const LEAST = 1 / 80;

/**
 * How thick marks are on a photo.
 * @param {{width: number, height: number}} photo
 */
export function thickness({ width, height }) {
  return Math.max(2, Math.max(width, height) * THICK);
}

/**
 * @param {Mark} mark
 * @param {number} thick
 * @returns {Shape}
 */
export function shapeOf({ tool, points }, thick) {
  if (tool === "line") return { lines: [points] };
  const [from, to] = ends(points);
  if (tool === "arrow") return { lines: [[from, to], head(from, to, thick * HEAD)] };
  return {
    ellipse: {
      x: (from.x + to.x) / 2,
      y: (from.y + to.y) / 2,
      rx: Math.abs(to.x - from.x) / 2,
      ry: Math.abs(to.y - from.y) / 2,
    },
  };
}

/**
 * Whether a finger drew something, and did not only touch.
 * @param {Mark} mark
 * @param {{width: number, height: number}} photo
 */
export function isDrawn({ points }, { width, height }) {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const reach = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  return reach >= Math.max(width, height) * LEAST;
}

/**
 * A mark without a finger: in the middle, a third of the photo wide.
 * @param {Tool} tool
 * @param {{width: number, height: number}} photo
 * @returns {Mark}
 */
export function placed(tool, { width, height }) {
  const half = Math.min(width, height) / 6;
  const middle = { x: width / 2, y: height / 2 };
  const from = { x: middle.x - half, y: middle.y + (tool === "line" ? 0 : half) };
  const to = { x: middle.x + half, y: middle.y - (tool === "line" ? 0 : half) };
  return { tool, points: [from, to] };
}

/**
 * @param {Mark} mark
 * @param {number} dx
 * @param {number} dy
 * @returns {Mark}
 */
export function shifted({ tool, points }, dx, dy) {
  return { tool, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) };
}

/**
 * Larger or smaller around its middle.
 * @param {Mark} mark
 * @param {number} times
 * @returns {Mark}
 */
export function scaled({ tool, points }, times) {
  const [from, to] = ends(points);
  const [cx, cy] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const grown = points.map(({ x, y }) => ({
    x: cx + (x - cx) * times,
    y: cy + (y - cy) * times,
  }));
  return { tool, points: grown };
}

/**
 * @param {Point[]} points
 * @returns {[Point, Point]}
 */
function ends(points) {
  const from = points[0] ?? { x: 0, y: 0 };
  return [from, points[points.length - 1] ?? from];
}

/**
 * The two strokes of an arrow's head.
 * @param {Point} from
 * @param {Point} to
 * @param {number} long
 */
function head(from, to, long) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const side = (/** @type {number} */ turn) => ({
    x: to.x - long * Math.cos(angle + turn),
    y: to.y - long * Math.sin(angle + turn),
  });
  return [side(SPREAD), to, side(-SPREAD)];
}
