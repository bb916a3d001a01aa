/** @import {ElementPart, Part} from "../../vendor/lit-html.js" */
import { noChange } from "../../vendor/lit-html.js";
import { Directive, directive } from "../../vendor/lit-directive.js";

/** Tells the stylesheet how tall an element is just now, so that what sticks below it does not slide under. */
class Measured extends Directive {
  #watching = false;

  /** @param {string} _name */
  render(_name) {
    return noChange;
  }

  /**
   * @override
   * @param {Part} part
   * @param {[string]} values
   */
  update(part, [name]) {
    if (this.#watching || typeof ResizeObserver !== "function") return noChange;
    this.#watching = true;
    const element = /** @type {HTMLElement} */ (/** @type {ElementPart} */ (part).element);
    const observer = new ResizeObserver(() => {
      if (!element.isConnected) return observer.disconnect();
      document.documentElement.style.setProperty(name, `${element.offsetHeight}px`);
    });
    observer.observe(element);
    return noChange;
  }
}

export const measured = directive(Measured);
