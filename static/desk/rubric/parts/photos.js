/** @import {Editor} from "../editor.js" */
/** @import {DocItem, Path} from "../types.js" */
/** @typedef {ReturnType<typeof import("../server.js").createServer>} Server */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { icon } from "../../../js/ui/icon.js";
import { at } from "../model/document.js";
import { inserted, without } from "../model/lists.js";
import { say, text } from "../words.js";
import { faultLines, ownFaults } from "./fields.js";

const MOST = 6;

/** What is being uploaded just now, and why the last one was not taken. */
const sending = signal(false);
const problem = signal("");

/** @type {Server["sendPhoto"]} */
let send = async () => ({ kind: "offline" });

/** @param {Server} server where photos go */
export function sendPhotosTo(server) {
  send = server.sendPhoto;
}

/**
 * How the item should look: photos by their SHA-256, as the published rubric names them.
 * @param {Editor} editor
 * @param {Path} path of the item
 * @param {DocItem} item
 */
export function photoFields(editor, path, item) {
  const list = [...path, "photos"];
  const photos = item.photos ?? [];
  return html`<fieldset class="ed-photos">
    <legend class="lbl">${say("photos")}</legend>
    <div class="photos">
      ${photos.map((sha256, index) => photo(editor, list, { sha256, index, item }))}
      ${photos.length < MOST ? adder(editor, list) : nothing}
    </div>
    <p class="help">${say("photos_help", { n: MOST })}</p>
    ${faultLines(list, problem.value ? [problem.value] : [])} ${ownFaults(editor, list)}
  </fieldset>`;
}

/**
 * @param {Editor} editor
 * @param {Path} list
 * @param {{sha256: string, index: number, item: DocItem}} shown
 */
function photo(editor, list, { sha256, index, item }) {
  const n = index + 1;
  const remove = () => {
    const left = without(item.photos, index);
    editor.change(list, left.length ? left : undefined);
  };
  return html`<div class="photo">
    <img
      src="/api/rubric-photos/${sha256}"
      alt=${say("photo_n", { x: text(item.title), n })}
      width="76"
      height="76"
    />
    <button
      type="button"
      class="ed-photos__x"
      aria-label=${say("photo_remove", { n })}
      @click=${remove}
    >
      ${icon("x", "i--s")}
    </button>
  </div>`;
}

/**
 * @param {Editor} editor
 * @param {Path} list
 */
function adder(editor, list) {
  const chosen = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const [file] = field.files ?? [];
    field.value = "";
    if (file) void add(editor, list, file);
  };
  return html`<label class="photo photo--add"
    ><input
      class="sr"
      type="file"
      accept="image/*"
      ?disabled=${sending.value}
      @change=${chosen}
    />${icon(sending.value ? "spinner" : "image")}<span
      >${say(sending.value ? "photo_sending" : "photo_add")}</span
    ></label
  >`;
}

/**
 * @param {Editor} editor
 * @param {Path} list
 * @param {File} file
 */
async function add(editor, list, file) {
  sending.value = true;
  problem.value = "";
  const outcome = await send(file);
  sending.value = false;
  if (outcome.kind !== "done") {
    problem.value = ("problem" in outcome && outcome.problem) || say("photo_offline");
    return;
  }
  const now = /** @type {string[] | undefined} */ (at(editor.draft.peek(), list)) ?? [];
  const { sha256 } = outcome.body;
  if (!now.includes(sha256)) editor.change(list, inserted(now, now.length, sha256));
}
