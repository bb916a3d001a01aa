import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import en from "../../static/js/wording/en.js";
import { language, say } from "../../static/js/wording/say.js";
import zh from "../../static/js/wording/zh-CN.js";

/** @param {string} sentence */
const places = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test("both catalogues have the same keys", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
});

test("both wordings of a sentence have the same facts", () => {
  const differing = Object.entries(zh)
    .filter(([key, sentence]) => {
      const other = en[/** @type {keyof typeof en} */ (key)];
      return String(places(sentence)) !== String(places(other));
    })
    .map(([key]) => key);
  assert.deepEqual(differing, []);
});

test("every sentence is said somewhere", () => {
  const code = globSync("static/js/{views,ui}/*.js").map((path) => readFileSync(path, "utf8"));
  const all = code.join("\n");
  const built = [...all.matchAll(/`((?:\w+\.)\w*)\$\{/g)].map((found) => found[1] ?? "");
  const unsaid = Object.keys(zh).filter(
    (key) => !all.includes(`"${key}"`) && !built.some((begin) => key.startsWith(begin)),
  );
  assert.deepEqual(unsaid, []);
});

test("Chinese never stands in the code beside the catalogues", () => {
  const spoken = globSync("static/js/{views,ui,sync,store,model}/*.js").filter((path) =>
    /[\u4e00-\u9fff]/.test(readFileSync(path, "utf8").replace(/"中文"|\/\*.*?\*\//gs, "")),
  );
  assert.deepEqual(spoken, []);
});

test("a sentence takes its facts and follows the language", () => {
  assert.equal(say("task.answered", { n: 3, m: 37 }), "已评 3 / 37 项");
  language.value = "en";
  assert.equal(say("task.answered", { n: 3, m: 37 }), "3 of 37 items scored");
  language.value = "zh-CN";
});
