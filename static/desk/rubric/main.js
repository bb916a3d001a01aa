import { html, render } from "../../vendor/lit-html.js";
import { effect } from "../../vendor/signals-core.js";
import { createEditor } from "./editor.js";
import { keptHere } from "./here.js";
import { undoByKey } from "./keys.js";
import { watchPreview } from "./parts/preview.js";
import { screen } from "./parts/screen.js";
import { keepSaving } from "./saving.js";
import { createServer, reportOf } from "./server.js";
import { watchSteps } from "./steps.js";
import { say } from "./words.js";

/** @param {HTMLElement} root */
async function start(root) {
  const { draft = "", account = "", csrf = "" } = root.dataset;
  const server = createServer(draft, csrf);
  const found = await server.read();
  if (found.kind !== "done") return refuse(root);
  const here = keptHere(account, draft);
  const editor = createEditor(draft, reportOf(found.body), here.read());
  const saving = keepSaving(editor, server, here);
  watchSteps();
  watchPreview(editor, server);
  addEventListener("online", () => void saving.now());
  addEventListener("pagehide", () => void saving.now());
  addEventListener("visibilitychange", () => void saving.now());
  document.addEventListener("keydown", (event) => undoByKey(editor, event));
  // What is there for browsers without scripts makes room.
  root.replaceChildren();
  effect(() => void render(screen(editor), root));
  document.documentElement.dataset.ready = "";
}

/** @param {HTMLElement} root */
function refuse(root) {
  const note = document.createElement("div");
  root.prepend(note);
  render(html`<p class="banner banner--r banner--bad" role="alert">${say("not_loaded")}</p>`, note);
}

const place = document.getElementById("rubric-editor");
if (place) void start(place);
