/** @import {ElementPart} from "../../vendor/lit-html.js" */
import { noChange } from "../../vendor/lit-html.js";
import { Directive, directive } from "../../vendor/lit-directive.js";

/** Sets CSS variables through the object model: the page's policy refuses style attributes. */
class Vars extends Directive {
  /** @param {Record<string, string | number>} _values */
  render(_values) {
    return noChange;
  }

  /**
   * @override
   * @param {import("../../vendor/lit-html.js").Part} part
   * @param {[Record<string, string | number>]} values
   */
  update(part, [values]) {
    const { element } = /** @type {ElementPart} */ (part);
    for (const [name, value] of Object.entries(values)) {
      /** @type {HTMLElement} */ (element).style.setProperty(name, String(value));
    }
    return noChange;
  }
}

export const vars = directive(Vars);
