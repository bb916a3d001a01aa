import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { showOnIcon } from "../../static/js/ui/badge.js";

const index = readFileSync("static/index.html", "utf8");
const manifest = JSON.parse(readFileSync("static/manifest.webmanifest", "utf8"));
const worker = readFileSync("static/sw.js", "utf8");

test("the page obeys the policy: no script and no style of its own, nothing from elsewhere", () => {
  assert.doesNotMatch(index, /<script(?![^>]*\bsrc=)/);
  assert.doesNotMatch(index, /<style|\sstyle=|\son[a-z]+=/);
  assert.doesNotMatch(index, /(?:src|href)="(?:https?:)?\/\//);
});

test("every file the page and the manifest name exists", () => {
  const named = [...index.matchAll(/(?:src|href)="([^"#]+)"/g)].map((found) => found[1]);
  const pictures = [...manifest.icons, ...manifest.screenshots];
  const icons = pictures.map((/** @type {{src: string}} */ icon) => icon.src);
  const lost = [...named, ...icons].filter((name) => !existsSync(`static/${name}`));
  assert.deepEqual(lost, []);
});

test("the manifest says all a phone asks for, and its names give nobody away", () => {
  const { id, scope, start_url, display, name, description, icons, screenshots } = manifest;
  assert.deepEqual([id, scope, start_url, display], ["/app/", "/app/", "/app/", "standalone"]);
  const purposes = icons.map((/** @type {{purpose?: string}} */ icon) => icon.purpose ?? "any");
  assert.ok(purposes.includes("maskable") && purposes.includes("any"));
  assert.ok(screenshots.length >= 2);
  assert.doesNotMatch(`${name} ${description}`, /暗访|检查|稽查|inspect|audit|shopper/i);
});

test("the icon carries the number of open tasks, and refusing it breaks nothing", async () => {
  /** @type {(number | undefined)[]} */
  const shown = [];
  const setAppBadge = async (/** @type {number} */ count) => {
    shown.push(count);
    throw new Error("not allowed");
  };
  const clearAppBadge = async () => void shown.push(undefined);
  Object.defineProperty(globalThis, "navigator", {
    value: { setAppBadge, clearAppBadge },
    configurable: true,
  });
  showOnIcon(3);
  showOnIcon(0);
  await Promise.resolve();
  assert.deepEqual(shown, [3, undefined]);
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  showOnIcon(3);
});

test("templates carry no style attributes: the policy would refuse them", () => {
  const styled = globSync("static/js/{views,ui}/**/*.js").filter((path) =>
    /\sstyle=/.test(readFileSync(path, "utf8")),
  );
  assert.deepEqual(styled, []);
});

test("the app asks no other host for anything", () => {
  const code = globSync("static/js/**/*.js").map((path) => readFileSync(path, "utf8"));
  assert.doesNotMatch(code.join("\n"), /https?:\/\//);
});

test("the worker has the places the server fills, and leaves the API alone", () => {
  assert.match(worker, /\/\* PRECACHE \*\/ ?\[\]/);
  assert.match(worker, /\/\* VERSION \*\/ ?""/);
  assert.match(worker, /request\.method !== "GET"/);
});
