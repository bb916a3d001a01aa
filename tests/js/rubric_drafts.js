/** @import {Doc, DocItem} from "../../static/desk/rubric/types.js" */

/** @param {string} zh */
export const words = (zh) => ({ zh, en: `${zh} in English` });

/**
 * @param {string} code
 * @param {string} full
 * @param {Partial<DocItem>} [said]
 * @returns {DocItem}
 */
export function item(code, full, said = {}) {
  const rule = {
    kind: /** @type {const} */ ("tier"),
    options: [{ code: "a", loss: full, text: words("a") }],
  };
  return {
    code,
    full,
    title: words(code),
    rule,
    severity: "general",
    hours: 24,
    na: "never",
    ...said,
  };
}

/** A small card that adds up: 20 and 80. @returns {Doc} */
export function card() {
  return {
    code: "KC",
    full: "100",
    sections: [
      {
        code: "KC-E",
        key: "environment",
        title: words("E"),
        full: "20",
        items: [item("KC-E-01", "15"), item("KC-E-02", "5")],
      },
      {
        code: "KC-V",
        key: "signage",
        title: words("V"),
        full: "80",
        items: [item("KC-V-01", "79.5"), item("KC-V-07", "0.5")],
      },
    ],
  };
}

/** @param {Doc} document */
export function codes(document) {
  return (document.sections ?? []).map(({ items = [] }) => items.map(({ code }) => code));
}
