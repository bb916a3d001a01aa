/** @import {Language, Text} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";
import en from "./en.js";
import zh from "./zh-CN.js";

/** @typedef {keyof typeof zh} Key */

const CATALOGUES = { "zh-CN": zh, en };

export const language = signal(/** @type {Language} */ ("zh-CN"));

/**
 * One sentence in the language of the screen, its facts filled in.
 * @param {Key} key
 * @param {Record<string, string | number>} [facts]
 */
export function say(key, facts = {}) {
  return CATALOGUES[language.value][key].replace(/\{(\w+)\}/g, (_, name) =>
    String(facts[name] ?? ""),
  );
}

/**
 * The wording a rubric brings itself.
 * @param {Text} wording
 */
export function text(wording) {
  return language.value === "en" ? wording.en : wording.zh;
}

/**
 * The name of a round in the language of the screen.
 * @param {{name_zh: string, name_en: string}} thing
 */
export function nameOf(thing) {
  return language.value === "en" ? thing.name_en : thing.name_zh;
}
