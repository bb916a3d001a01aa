/** @import {ElementPart, Part} from "../../vendor/lit-html.js" */
import { noChange } from "../../vendor/lit-html.js";
import { Directive, directive } from "../../vendor/lit-directive.js";

/** Opens a `dialog` as soon as it is on the page; engines without native dialogs show it plainly. */
class Opens extends Directive {
  #opened = false;

  render() {
    return noChange;
  }

  /**
   * @override
   * @param {Part} part
   */
  update(part) {
    if (this.#opened) return noChange;
    this.#opened = true;
    const dialog = /** @type {HTMLDialogElement} */ (/** @type {ElementPart} */ (part).element);
    queueMicrotask(() => {
      if (dialog.showModal && dialog.isConnected) dialog.showModal();
      else dialog.setAttribute("open", "");
    });
    return noChange;
  }
}

export const opens = directive(Opens);
