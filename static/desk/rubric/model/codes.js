/** @import {Doc, DocSection} from "../types.js" */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * A code for one more item of a section, which no item of the card has: KC-E-08.
 * @param {Doc} document
 * @param {DocSection} section
 */
export function nextItemCode(document, section) {
  const taken = (document.sections ?? []).flatMap(({ items }) => items ?? []);
  const codes = new Set(taken.map((item) => item.code));
  const numbers = [...codes].map((code) => numbered(section.code ?? "", code ?? ""));
  return free(
    (n) => `${section.code}-${String(n).padStart(2, "0")}`,
    codes,
    Math.max(0, ...numbers) + 1,
  );
}

/**
 * The number a code ends in, behind the code of its section.
 * @param {string} above
 * @param {string} code
 */
function numbered(above, code) {
  const found = code.startsWith(`${above}-`)
    ? /^\d{1,6}$/.exec(code.slice(above.length + 1))
    : null;
  return found ? Number(found[0]) : 0;
}

/**
 * A code for one more section: the first letter nobody has.
 * @param {Doc} document
 */
export function nextSectionCode(document) {
  const codes = new Set((document.sections ?? []).map((section) => section.code));
  const letter = [...LETTERS]
    .map((one) => `${document.code}-${one}`)
    .find((code) => !codes.has(code));
  return letter ?? free((n) => `${document.code}-S${n}`, codes, 1);
}

/** @param {Doc} document */
export function nextSectionKey(document) {
  const keys = new Set((document.sections ?? []).map((section) => section.key));
  return free((n) => `section_${n}`, keys, keys.size + 1);
}

/**
 * A code for one more option, grade or bonus of a list.
 * @param {readonly {code?: string}[]} list
 * @param {string} stem
 */
export function nextCode(list, stem) {
  return free((n) => `${stem}${n}`, new Set(list.map((one) => one.code)), list.length + 1);
}

/**
 * @param {(n: number) => string} worded
 * @param {ReadonlySet<string | undefined>} taken
 * @param {number} from
 */
function free(worded, taken, from) {
  let n = from;
  while (taken.has(worded(n))) n += 1;
  return worded(n);
}
