/** @import {ElementPart, Part} from "../../vendor/lit-html.js" */
import { noChange, html } from "../../vendor/lit-html.js";
import { Directive, directive } from "../../vendor/lit-directive.js";
import { icon } from "./icon.js";

/**
 * Paints a stored picture on a canvas: the page's policy allows no picture from memory by address.
 */
class Painted extends Directive {
  #key = "";

  /** @param {string} _key @param {() => Promise<ArrayBuffer | null | undefined>} _load */
  render(_key, _load) {
    return noChange;
  }

  /**
   * @override
   * @param {Part} part
   * @param {[string, () => Promise<ArrayBuffer | null | undefined>]} values
   */
  update(part, [key, load]) {
    if (key === this.#key) return noChange;
    this.#key = key;
    const canvas = /** @type {HTMLCanvasElement} */ (/** @type {ElementPart} */ (part).element);
    void paint(canvas, load).catch(() => canvas.setAttribute("data-missing", ""));
    return noChange;
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Promise<ArrayBuffer | null | undefined>} load
 */
async function paint(canvas, load) {
  const bytes = await load();
  if (!bytes) throw new Error("no picture");
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

const painted = directive(Painted);

/**
 * @param {string} key
 * @param {() => Promise<ArrayBuffer | null | undefined>} load
 * @param {string} words what the picture shows
 */
export function picture(key, load, words) {
  return html`<span class="photo__none">${icon("image")}</span
    ><canvas role="img" aria-label=${words} width="8" height="8" ${painted(key, load)}></canvas>`;
}
