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

test("every icon the phone names is in the sprite", () => {
  const named = globSync("static/js/{views,ui}/**/*.js").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\bicon\("([a-z0-9]+)"/g)].map((found) => found[1]),
  );
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((name) => !icons.includes(`id="i-${name}"`)),
    [],
  );
});
