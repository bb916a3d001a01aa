import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
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

const IMPORTED = /^\s*(?:import|export)\b[^;]*?["'](\.[^"']+)["']/gm;
const LATER = /\bimport\("(\.[^"]+)"\)/g;
const SCREENS = "views/shell/screens.js";
/** Store staff's app, behind the same door. */
const STAFFS = [
  "views/shell/staff_door.js",
  "views/shell/staff_app.js",
  "views/shell/staff_screens.js",
];
/** Fetched only by those who get no further. */
const NEVER_LATER = "static/js/views/shell/insecure.js";

/** What a module imports in one of the two ways. @param {string} file @param {RegExp} way */
const named = (file, way) =>
  [
    ...readFileSync(file, "utf8")
      .replace(/\/\*.*?\*\//gs, "")
      .matchAll(way),
  ].map((found) => normalize(join(dirname(file), found[1] ?? "")));

/** A module with all it brings along. @param {string} file @param {Set<string>} seen */
function bring(file, seen) {
  if (seen.has(file)) return;
  seen.add(file);
  for (const target of named(file, IMPORTED)) bring(target, seen);
}

test("whatever is opened later is fetched while there is a network", () => {
  const here = new Set();
  for (const file of ["main.js", "views/shell/door.js", "views/shell/app.js", SCREENS, ...STAFFS]) {
    bring(`static/js/${file}`, here);
    for (const target of named(`static/js/${file}`, LATER)) bring(target, here);
  }
  const wanted = globSync("static/js/**/*.js").flatMap((path) => named(path, LATER));
  assert.ok(wanted.length > 20);
  assert.deepEqual(
    wanted.filter((target) => !here.has(target) && target !== NEVER_LATER),
    [],
  );
});

test("the styles of whatever is opened later are fetched with it", () => {
  const styled = /\bstyled\("(\w+)"\)/g;
  const all = globSync("static/js/views/**/*.js").map((path) => readFileSync(path, "utf8"));
  const early = [SCREENS, ...STAFFS]
    .map((path) => readFileSync(`static/js/${path}`, "utf8"))
    .join("");
  const atOnce = all.flatMap((code) => [...code.matchAll(/^void styled\("(\w+)"\)/gm)]);
  const here = [...early.matchAll(styled), ...atOnce].map((found) => found[1]);
  const wanted = all.flatMap((code) => [...code.matchAll(styled)]).map((found) => found[1]);
  assert.ok(wanted.length > 2);
  assert.deepEqual(
    wanted.filter((name) => !here.includes(name)),
    [],
  );
});

test("the worker has the places the server fills, and leaves the API alone", () => {
  assert.match(worker, /\/\* PRECACHE \*\/ ?\[\]/);
  assert.match(worker, /\/\* VERSION \*\/ ?""/);
  assert.match(worker, /request\.method !== "GET"/);
});
