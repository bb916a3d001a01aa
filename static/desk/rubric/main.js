import { html, render } from "../../vendor/lit-html.js";
import { effect } from "../../vendor/signals-core.js";
import { createEditor } from "./editor.js";
import { keptHere } from "./here.js";
import { undoByKey } from "./keys.js";
import { sendPhotosTo } from "./parts/photos.js";
import { watchPreview } from "./parts/preview.js";
import { screen } from "./parts/screen.js";
import { keepSaving } from "./saving.js";
import { createServer, reportOf } from "./server.js";
import { watchSteps } from "./steps.js";
import { otherWindows } from "./windows.js";
import { say } from "./words.js";

/** @param {HTMLElement} root */
async function start(root) {
  const { draft = "", account = "", csrf = "" } = root.dataset;
  const server = createServer(draft, csrf);
  const found = await server.read();
  if (found.kind !== "done") return refuse(root);
  const here = keptHere(account, draft);
  const editor = createEditor(draft, reportOf(found.body), here.read());
  const saving = keepSaving(editor, server, here, otherWindows(account, draft));
  watchSteps();
  watchPreview(editor, server);
  sendPhotosTo(server);
  addEventListener("online", () => void saving.now());
  addEventListener("pagehide", () => void saving.now());
  addEventListener("visibilitychange", () => void saving.now());
  document.addEventListener("keydown", (event) => undoByKey(editor, event));
  document.addEventListener("click", (event) => keepFirst(event, editor, saving));
  // What is there for browsers without scripts makes room.
  root.replaceChildren();
  effect(() => void render(screen(editor), root));
  document.documentElement.dataset.ready = "";
}

/**
 * A link away is followed once the server has what was typed: the next page shows what is kept.
 * @param {MouseEvent} event
 * @param {import("./editor.js").Editor} editor
 * @param {{now: () => Promise<void>}} saving
 */
function keepFirst(event, editor, saving) {
  const href = leadsTo(event);
  if (!href || !["changed", "saving"].includes(editor.kept.peek().state)) return;
  event.preventDefault();
  void saving.now().then(() => location.assign(href));
}

/** Where a plain click leads in this window; "" nowhere. @param {MouseEvent} event */
function leadsTo({ target, ctrlKey, metaKey, shiftKey }) {
  if (ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return "";
  const link = target.closest("a[href]:not([target])");
  return link instanceof HTMLAnchorElement ? link.href : "";
}

/** @param {HTMLElement} root */
function refuse(root) {
  const note = document.createElement("div");
  root.prepend(note);
  render(html`<p class="banner banner--r banner--bad" role="alert">${say("not_loaded")}</p>`, note);
}

const place = document.getElementById("rubric-editor");
if (place) void start(place);
