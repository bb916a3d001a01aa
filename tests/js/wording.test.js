import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { language, learn, say, speak } from "../../static/js/wording/say.js";

const PARTS = /** @type {const} */ ([
  "phone",
  "visits",
  "form",
  "record",
  "me",
  "lock",
  "store",
  "staff",
]);

/** @param {string} tongue @returns {Promise<Record<string, string>>} */
async function catalogue(tongue) {
  const files = PARTS.map((part) => import(`../../static/js/wording/${tongue}/${part}.js`));
  return Object.assign({}, ...(await Promise.all(files)).map((file) => file.default));
}

const zh = await catalogue("zh-CN");
const en = await catalogue("en");

/** @param {string} sentence */
const places = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test("both catalogues have the same keys", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
});

test("both wordings of a sentence have the same facts", () => {
  const differing = Object.entries(zh)
    .filter(([key, sentence]) => {
      return String(places(sentence)) !== String(places(en[key] ?? ""));
    })
    .map(([key]) => key);
  assert.deepEqual(differing, []);
});

test("every sentence is said somewhere", () => {
  const code = globSync("static/js/{views,ui}/**/*.js").map((path) => readFileSync(path, "utf8"));
  const all = code.join("\n");
  const built = [...all.matchAll(/`((?:\w+\.)\w*)\$\{/g)].map((found) => found[1] ?? "");
  const unsaid = Object.keys(zh).filter(
    (key) => !all.includes(`"${key}"`) && !built.some((begin) => key.startsWith(begin)),
  );
  assert.deepEqual(unsaid, []);
});

test("Chinese never stands in the code beside the catalogues", () => {
  const spoken = globSync("static/js/{views,ui,sync,store,model}/**/*.js").filter((path) =>
    /[\u4e00-\u9fff]/.test(readFileSync(path, "utf8").replace(/"中文"|\/\*.*?\*\//gs, "")),
  );
  assert.deepEqual(spoken, []);
});

test("a sentence takes its facts and follows the language", async () => {
  await learn("visits");
  assert.equal(say("task.answered", { n: 3, m: 37 }), "已评 3 / 37 项");
  await speak("en");
  assert.equal(language.value, "en");
  assert.equal(say("task.answered", { n: 3, m: 37 }), "3 of 37 items scored");
  await learn("phone");
  assert.equal(say("app.name"), en["app.name"]);
  await speak("zh-CN");
  assert.equal(say("app.name"), zh["app.name"]);
});

test("the language wished for last is spoken, however long an earlier one takes to come", async () => {
  const slow = speak("en");
  // One more round for the one that is under way.
  void learn("record");
  const quick = speak("zh-CN");
  await Promise.all([slow, quick]);
  assert.equal(language.value, "zh-CN");
});

/** What is said before the catalogue's other parts are fetched. */
const EARLY = [
  { first: "main.js", parts: ["phone"] },
  { first: "views/shell/app.js", parts: ["phone", "visits"] },
];

/** A module and all it imports at once. @param {string} path @param {Set<string>} [seen] */
function modules(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const code = readFileSync(path, "utf8").replace(/\/\*.*?\*\//gs, "");
  for (const [, target = ""] of code.matchAll(/(?:from|^import)\s*["'](\.[^"']+)["']/gm))
    modules(new URL(target, `file:///${path}`).pathname.slice(1), seen);
  return seen;
}

for (const { first, parts } of EARLY)
  test(`what static/js/${first} brings along says only what stands in ${parts.join(" and ")}`, async () => {
    const files = parts.map((part) => import(`../../static/js/wording/zh-CN/${part}.js`));
    const known = Object.keys(
      Object.assign({}, ...(await Promise.all(files)).map((file) => file.default)),
    );
    const late = Object.keys(zh).filter((key) => !known.includes(key));
    const code = [...modules(`static/js/${first}`)].map((path) => readFileSync(path, "utf8"));
    const built = [...code.join("\n").matchAll(/`((?:\w+\.)\w*)\$\{/g)].map(
      (found) => found[1] ?? "",
    );
    const said = late.filter(
      (key) =>
        code.some((text) => text.includes(`"${key}"`)) ||
        built.some((begin) => key.startsWith(begin)),
    );
    assert.deepEqual(said, []);
  });

test("a noun stands in the number of its fact, in the language that has numbers", async () => {
  await learn("visits");
  await speak("en");
  assert.equal(say("task.look", { n: 1 }), "Re-inspection: 1 returned line");
  assert.equal(say("task.look", { n: 2 }), "Re-inspection: 2 returned lines");
  await speak("zh-CN");
});
