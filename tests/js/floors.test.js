import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

const ROOT = "static/js";
/** Lowest first; a floor imports itself and what is below it. */
const FLOORS = ["wording", "model", "store", "sync", "ui", "views"];
const IMPORT = /^\s*(?:import|export)\b[^;]*?["'](\.[^"']+)["']/gm;

/** The height of a file; files beside the floors stand on top of them all. */
const height = (/** @type {string} */ path) => {
  const floor = FLOORS.indexOf(path.slice(ROOT.length + 1).split("/")[0] ?? "");
  return floor === -1 ? FLOORS.length : floor;
};

test("floors import only downwards", () => {
  const files = globSync(`${ROOT}/**/*.js`);
  assert.ok(files.length > 0, "there is code to look at");
  const upwards = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(IMPORT)]
      .map((found) => normalize(join(dirname(file), found[1] ?? "")))
      .filter((target) => target.startsWith(ROOT) && height(target) > height(file))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(upwards, []);
});
