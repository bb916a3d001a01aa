import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ROOT = "static/js";
const VIEWS = `${ROOT}/views`;
/** Lowest first; a floor imports itself and what is below it. */
const FLOORS = ["wording", "model", "store", "sync", "ui", "views"];
/** The rooms of the views, lowest first; rooms of one line do not know each other. */
const ROOMS = [
  ["drafts", "answers", "presence"],
  ["account", "photos", "cover"],
  ["captures", "notices"],
  ["form", "check", "outbox", "tasks", "copies", "me", "sendings", "lines", "inbox"],
  ["record", "appeals"],
  ["shell"],
];
/** What a covered phone writes on opens only when it is tapped: the one way up. */
const WAY_UP = `${VIEWS}/cover/cover.js imports ${VIEWS}/captures/cover_pad.js`;
const IMPORTS = [/^\s*(?:import|export)\b[^;]*?["'](\.[^"']+)["']/gm, /\bimport\("(\.[^"]+)"\)/g];

/** Everything a file of ours imports, at once or later. */
const targets = (/** @type {string} */ file) =>
  IMPORTS.flatMap((kind) => [...readFileSync(file, "utf8").matchAll(kind)])
    .map((found) => normalize(join(dirname(file), found[1] ?? "")))
    .filter((target) => target.startsWith(`${ROOT}/`));

/** The height of a file; files beside the floors stand on top of them all. */
const height = (/** @type {string} */ path) => {
  const floor = FLOORS.indexOf(path.slice(ROOT.length + 1).split("/")[0] ?? "");
  return floor === -1 ? FLOORS.length : floor;
};
const roomOf = (/** @type {string} */ path) => path.slice(VIEWS.length + 1).split("/")[0] ?? "";
const storey = (/** @type {string} */ path) => ROOMS.findIndex((row) => row.includes(roomOf(path)));

test("floors import only downwards", () => {
  const files = globSync(`${ROOT}/**/*.js`);
  assert.ok(files.length > 0, "there is code to look at");
  const upwards = files.flatMap((file) =>
    targets(file)
      .filter((target) => height(target) > height(file))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(upwards, []);
});

test("rooms of the views import only downwards", () => {
  const files = globSync(`${VIEWS}/**/*.js`);
  assert.deepEqual(
    files.filter((file) => storey(file) === -1),
    [],
    "every file is in a room of the list",
  );
  const upwards = files.flatMap((file) =>
    targets(file)
      .filter((target) => target.startsWith(`${VIEWS}/`) && roomOf(target) !== roomOf(file))
      .filter((target) => storey(target) >= storey(file))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(upwards, [WAY_UP]);
});
