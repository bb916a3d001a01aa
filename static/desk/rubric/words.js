/** @type {Record<string, string>} */
const WORDS = JSON.parse(document.getElementById("rubric-words")?.textContent ?? "{}");

/** The language of the page. */
export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

/** The other one a rubric is written in. */
export const other = language === "zh" ? "en" : "zh";

/**
 * One sentence of the page's catalogue with its facts; `{n:item|items}` is the first word beside one, else the other.
 * @param {string} key
 * @param {Record<string, string | number>} [facts]
 */
export function say(key, facts = {}) {
  return (WORDS[`rubric_editor.${key}`] ?? WORDS[key] ?? key).replace(
    /\{(\w+)(?::(.*?)\|(.*?))?\}/g,
    (_, name, one, more) =>
      one ? (`${facts[name]}` === "1" ? one : more) : String(facts[name] ?? ""),
  );
}

/**
 * A wording of the draft as the reader knows it; unfinished, in the other language.
 * @param {{zh?: string, en?: string} | undefined} wording
 */
export function text(wording) {
  return wording?.[language] || wording?.[other] || "";
}
