import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isDrawn,
  placed,
  scaled,
  shapeOf,
  shifted,
  thickness,
} from "../../static/js/model/marks.js";

const PHOTO = { width: 1600, height: 1200 };
const point = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y });

test("a circle is the ellipse between where a finger began and ended, whichever way it went", () => {
  const ellipse = { x: 50, y: 40, rx: 30, ry: 20 };
  for (const points of [
    [point(20, 20), point(80, 60)],
    [point(80, 60), point(20, 20)],
  ])
    assert.deepEqual(shapeOf({ tool: "circle", points }, 10), { ellipse });
});

test("an arrow points at where the finger ended", () => {
  const shape = shapeOf({ tool: "arrow", points: [point(0, 0), point(100, 0)] }, 10);
  assert.ok("lines" in shape);
  const [shaft, head] = shape.lines;
  assert.deepEqual(shaft, [point(0, 0), point(100, 0)]);
  assert.deepEqual(head?.[1], point(100, 0));
  for (const side of [head?.[0], head?.[2]]) assert.ok(side && side.x < 100 && side.x > 40);
});

test("a touch is no mark", () => {
  const points = [point(5, 5), point(8, 9)];
  assert.equal(isDrawn({ tool: "line", points }, PHOTO), false);
  assert.equal(isDrawn({ tool: "line", points: [...points, point(60, 9)] }, PHOTO), true);
});

test("a mark without a finger stands in the middle, and moves and grows by keys", () => {
  for (const tool of /** @type {const} */ (["circle", "arrow", "line"])) {
    const mark = placed(tool, PHOTO);
    assert.ok(isDrawn(mark, PHOTO));
    const [from, to] = mark.points;
    assert.ok(from && to);
    assert.equal((from.x + to.x) / 2, 800);
    assert.equal((from.y + to.y) / 2, 600);
    assert.equal(shifted(mark, 10, -5).points[0]?.x, from.x + 10);
    const grown = scaled(mark, 2).points;
    assert.equal((grown[1]?.x ?? 0) - (grown[0]?.x ?? 0), 2 * (to.x - from.x));
  }
});

test("marks are as thick on a small photo as on a large one", () => {
  assert.equal(thickness({ width: 3200, height: 100 }), 2 * thickness(PHOTO));
  assert.equal(thickness({ width: 10, height: 10 }), 2);
});
