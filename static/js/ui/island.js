/** @import {ElementPart, Part} from "../../vendor/lit-html.js" */
import { effect, signal, untracked } from "../../vendor/signals-core.js";
import { noChange, render } from "../../vendor/lit-html.js";
import { Directive, directive } from "../../vendor/lit-directive.js";

/** @typedef {() => unknown} Content */

/**
 * An element that draws itself anew when a signal it read changes, and nothing around it does. It stops by
 * itself once it has left the page.
 */
class Island extends Directive {
  /** @type {import("../../vendor/signals-core.js").Signal<Content> | undefined} */
  #content;

  /** @param {Content} _content */
  render(_content) {
    return noChange;
  }

  /**
   * @override
   * @param {Part} part
   * @param {[Content]} values
   */
  update(part, [content]) {
    if (this.#content) {
      const current = this.#content;
      queueMicrotask(() => {
        current.value = content;
      });
    } else {
      this.#content = signal(content);
      const { element } = /** @type {ElementPart} */ (part);
      untracked(() =>
        live(/** @type {HTMLElement} */ (element), /** @type {any} */ (this.#content)),
      );
    }
    return noChange;
  }
}

/**
 * @param {HTMLElement} element
 * @param {import("../../vendor/signals-core.js").Signal<Content>} content
 */
function live(element, content) {
  let seen = false;
  const stop = effect(() => {
    const draw = content.value;
    if (seen && !element.isConnected) return void queueMicrotask(() => stop());
    seen ||= element.isConnected;
    render(draw(), element);
  });
}

export const island = directive(Island);
