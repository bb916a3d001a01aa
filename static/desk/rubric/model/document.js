/** @import {Path} from "../types.js" */

/**
 * What stands at a path of a document; undefined where nothing does.
 * @param {any} document
 * @param {Path} path
 * @returns {any}
 */
export function at(document, path) {
  return path.reduce((within, step) => within?.[step], document);
}

/**
 * The document with something else at a path; undefined takes it out. What the path does not touch stays the
 * very same object.
 * @template T
 * @param {T} document
 * @param {Path} path
 * @param {unknown} value
 * @returns {T}
 */
export function put(document, path, value) {
  const [step, ...rest] = path;
  if (step === undefined) return /** @type {T} */ (value);
  const within = /** @type {any} */ (document) ?? (typeof step === "number" ? [] : {});
  const copy = Array.isArray(within) ? [...within] : { ...within };
  const next = put(copy[step], rest, value);
  if (next !== undefined) copy[step] = next;
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else delete copy[step];
  return copy;
}

/**
 * Whether two documents say the same, whatever the order of their fields.
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && same(one[key], other[key]))
  );
}
