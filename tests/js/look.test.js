import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const tokens = readFileSync("static/css/tokens.css", "utf8");
const icons = readFileSync("static/icons/icons.svg", "utf8");

/** @param {string} selector */
function block(selector) {
  const start = tokens.indexOf(`${selector} {`);
  assert.notEqual(start, -1, selector);
  return tokens.slice(tokens.indexOf("{", start) + 1, tokens.indexOf("}", start));
}

test("a dark system and a chosen dark theme look the same", () => {
  assert.equal(block(":root:not([data-theme])"), block('[data-theme="dark"]'));
});

for (const name of ["components", "app"])
  test(`${name}.css names its colours, it does not make them`, () => {
    const css = readFileSync(`static/css/${name}.css`, "utf8").replace(/\/\*.*?\*\//gs, "");
    assert.deepEqual(css.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(/gi) ?? [], []);
  });

for (const name of ["components", "app"])
  test(`every variable ${name}.css reads is a token, or set by the element itself`, () => {
    const css = readFileSync(`static/css/${name}.css`, "utf8");
    const set = new Set(["--w", "--g", "--l", "--head", "--tabs"]);
    const unknown = [...css.matchAll(/var\((--[\w-]+)/g)]
      .map((found) => found[1] ?? "")
      .filter((variable) => !set.has(variable) && !tokens.includes(`${variable}:`));
    assert.deepEqual(unknown, []);
  });

/** Where an icon is named: in the call, in a toast or a tab, or in a table the call looks into. */
const CALL = /\bicon\(((?:[^(),]|\([^()]*\))*)/g;
const FIELD = /\bicon: ([^,\n]*)/g;
const WORD = /(?<!=== )"([a-z0-9]+)"/g;
const LOOKED_INTO = /\bicon\(([A-Z]+)\b/g;
const TAKEN_APART = /const \[\w+, picture, \w+\] = ([A-Z]+)\b/g;

/** @param {string} code @param {RegExp} way */
const all = (code, way) => [...code.matchAll(way)].map((found) => found[1] ?? "");
const table = (/** @type {string} */ code, /** @type {string} */ name) =>
  new RegExp(`const ${name} = [^]*?\\{\\s([^]*?)\\}`).exec(code)?.[1] ?? "";

/** @param {string} code */
function iconsIn(code) {
  const plain = [...all(code, CALL), ...all(code, FIELD)].flatMap((words) => all(words, WORD));
  const looked = all(code, LOOKED_INTO).flatMap((name) => all(table(code, name), /: "(\w+)"/g));
  const apart = all(code, TAKEN_APART).flatMap((name) =>
    all(table(code, name), /\["\w+", "(\w+)"/g),
  );
  return [...plain, ...looked, ...apart];
}

test("every icon the phone names is in the sprite", () => {
  const files = globSync("static/js/{views,ui}/**/*.js");
  const named = files.flatMap((path) => iconsIn(readFileSync(path, "utf8")));
  for (const known of ["doc", "eyeoff", "trash", "arrowright", "phone", "closed"])
    assert.ok(named.includes(known), `finds ${known}`);
  assert.deepEqual(
    named.filter((name) => !icons.includes(`id="i-${name}"`)),
    [],
  );
});
