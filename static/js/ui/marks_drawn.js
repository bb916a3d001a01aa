/** @import {Mark} from "../model/marks.js" */
import { shapeOf, thickness } from "../model/marks.js";

/**
 * Draws a photo and the marks over it: each with a pale edge, so that it shows on any ground.
 * @param {HTMLCanvasElement} canvas as large as the photo
 * @param {CanvasImageSource} photo
 * @param {readonly Mark[]} marks
 */
export function drawMarked(canvas, photo, marks) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(photo, 0, 0, canvas.width, canvas.height);
  const style = getComputedStyle(document.documentElement);
  const thick = thickness(canvas);
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const [colour, width] of /** @type {const} */ ([
    ["--mark-edge", thick * 1.8],
    ["--mark", thick],
  ])) {
    context.strokeStyle = style.getPropertyValue(colour);
    context.lineWidth = width;
    for (const mark of marks) stroke(context, mark, thick);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {number} thick
 */
function stroke(context, mark, thick) {
  const shape = shapeOf(mark, thick);
  context.beginPath();
  if ("ellipse" in shape) {
    const { x, y, rx, ry } = shape.ellipse;
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
  } else
    for (const line of shape.lines)
      line.forEach(({ x, y }, at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}
