import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keptHere } from "../../static/desk/rubric/here.js";

/** As much of the browser's storage as is used: its keys are its own properties. */
class Storage {
  /** @param {string} key */
  getItem(key) {
    return /** @type {Record<string, string>} */ (/** @type {unknown} */ (this))[key] ?? null;
  }
  /** @param {string} key @param {string} value */
  setItem(key, value) {
    Object.assign(this, { [key]: value });
  }
  /** @param {string} key */
  removeItem(key) {
    Reflect.deleteProperty(this, key);
  }
}

beforeEach(() => {
  Object.defineProperty(globalThis, "localStorage", { value: new Storage(), configurable: true });
});

/** @param {string} title @param {string} at */
const typed = (title, at) => ({ seen: 1, at, document: /** @type {any} */ ({ title }) });

test("two windows that end at once leave both texts, the later one first", () => {
  const first = keptHere("guo", "d1");
  const second = keptHere("guo", "d1");
  first.keep(typed("in the first", "2026-11-22T10:00:00Z"));
  second.keep(typed("in the second", "2026-11-22T10:00:05Z"));
  const next = keptHere("guo", "d1");
  assert.deepEqual(next.read()?.document, { title: "in the second" });
  next.forget();
  assert.deepEqual(keptHere("guo", "d1").read()?.document, { title: "in the first" });
});

test("a window that saved leaves what another has typed", () => {
  const first = keptHere("guo", "d1");
  const second = keptHere("guo", "d1");
  first.keep(typed("in the first", "2026-11-22T10:00:00Z"));
  second.keep(typed("in the second", "2026-11-22T10:00:05Z"));
  second.forget();
  assert.deepEqual(keptHere("guo", "d1").read()?.document, { title: "in the first" });
});

test("nobody takes up another account's text, another draft's, or what is no text", () => {
  keptHere("ma", "d1").keep(typed("hers", "2026-11-22T10:00:00Z"));
  keptHere("guo", "d12").keep(typed("another", "2026-11-22T10:00:00Z"));
  localStorage.setItem("mingcha.rubric-draft.guo.d1.9-9", "{");
  assert.equal(keptHere("guo", "d1").read(), null);
});
