/** @import {Language, Text} from "../types.js" */
import { signal } from "../../vendor/signals-core.js";

/** @typedef {keyof typeof import("./zh-CN/phone.js").default} PhoneKey */
/** @typedef {keyof typeof import("./zh-CN/visits.js").default} VisitsKey */
/** @typedef {keyof typeof import("./zh-CN/form.js").default} FormKey */
/** @typedef {keyof typeof import("./zh-CN/lock.js").default} LockKey */
/** @typedef {keyof typeof import("./zh-CN/sync.js").default} SyncKey */
/** @typedef {keyof typeof import("./zh-CN/record.js").default} RecordKey */
/** @typedef {keyof typeof import("./zh-CN/me.js").default} MeKey */
/** @typedef {keyof typeof import("./zh-CN/store.js").default} StoreKey */
/** @typedef {keyof typeof import("./zh-CN/staff.js").default} StaffKey */
/** @typedef {StaffKey | StoreKey | RecordKey | MeKey | PhoneKey | VisitsKey | FormKey | LockKey | SyncKey} Key */
/** @typedef {"phone" | "visits" | "form" | "record" | "me" | "lock" | "sync" | "store" | "staff"} Part one file of the catalogue, fetched with the screens that need it */

/** @type {Record<Language, Record<string, string>>} */
const CATALOGUES = { "zh-CN": {}, en: {} };

/** @type {Set<Part>} */
const parts = new Set();

export const language = signal(/** @type {Language} */ ("zh-CN"));

/**
 * Fetches parts of the catalogue in the language of the screen, so that they can be said.
 * @param {Part[]} wanted
 */
export async function learn(...wanted) {
  for (const part of wanted) parts.add(part);
  await gather(language.peek());
}

/** @type {Language} */
let latest = "zh-CN";

/**
 * Changes the language of the screen, once everything said so far is known in it. Of several wishes the last counts.
 * @param {Language} wanted
 */
export async function speak(wanted) {
  latest = wanted;
  let known;
  do {
    known = parts.size;
    await gather(wanted);
  } while (parts.size > known);
  if (wanted === latest) language.value = wanted;
}

/** @param {Language} tongue */
async function gather(tongue) {
  await Promise.all([...parts].map((part) => fetchPart(tongue, part)));
}

/**
 * @param {Language} tongue
 * @param {Part} part
 */
async function fetchPart(tongue, part) {
  const { default: sentences } = await import(`./${tongue}/${part}.js`);
  Object.assign(CATALOGUES[tongue], sentences);
}

/**
 * One sentence in the language of the screen, its facts filled in; `{n:item|items}` is the first word beside one, else the other.
 * @param {Key} key
 * @param {Record<string, string | number>} [facts]
 */
export function say(key, facts = {}) {
  return (CATALOGUES[language.value][key] ?? "").replace(
    /\{(\w+)(?::(.*?)\|(.*?))?\}/g,
    (_, name, one, more) =>
      one ? (`${facts[name]}` === "1" ? one : more) : String(facts[name] ?? ""),
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
