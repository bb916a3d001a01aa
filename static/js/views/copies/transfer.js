import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, signal } from "../../../vendor/signals-core.js";
import { LENGTH, SHORTEST, codeFrom } from "../../model/transfer_code.js";
import { day } from "../../model/when.js";
import { flush } from "../../sync/outbox.js";
import { FileRefused } from "../../sync/sealed_file.js";
import { account } from "../../sync/session.js";
import { exported, imported } from "../../sync/transfer.js";
import { backHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { route } from "../../ui/route.js";
import { say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { recallVisits } from "../drafts/drafts.js";

/** @typedef {{file: File, drafts: number, rows: number, photos: number}} Ready */

const busy = signal(/** @type {"" | "export" | "import"} */ (""));
const ready = signal(/** @type {Ready | null} */ (null));
const told = signal(/** @type {{bad: boolean, words: string} | null} */ (null));
const code = signal("");
const picked = signal("");

effect(() => {
  if (!isHere()) forgetFile();
});

function isHere() {
  return route.value.name === "transfer";
}

/** What was written since is not in it: a file is offered only on the screen that made it, and its code once. */
function forgetFile() {
  ready.value = told.value = null;
  code.value = "";
}

/** The unsent queue and the drafts as a file, and a file back into them. */
export function transferScreen() {
  code.value ||= codeFrom(crypto.getRandomValues(new Uint8Array(LENGTH)));
  return html`${backHead({ title: say("transfer.title"), back: "#/outbox", banner: banner() })}
    <main class="m-body" id="main">
      <p class="sr" role="status">${busy.value ? say("transfer.busy") : nothing}</p>
      ${told.value ? outcome(told.value) : nothing} ${exporting()} ${importing()}
    </main>`;
}

/** @param {{bad: boolean, words: string}} outcome_ */
function outcome({ bad, words }) {
  return html`<div class="banner banner--r ${bad ? "banner--bad" : "banner--off"}" role="alert">
    ${icon(bad ? "alert" : "check")}<span>${words}</span>
  </div>`;
}

function exporting() {
  return html`<section class="card card--pad stack">
    <h2 class="fs15">${say("transfer.export")}</h2>
    <p class="fs14 muted">${say("transfer.export_help")}</p>
    ${ready.value ? done(ready.value) : exportForm()}
  </section>`;
}

function exportForm() {
  return html`<form class="stack" @submit=${write}>
    ${codeField(code.value)}
    <button class="btn btn--p btn--lg btn--b" ?disabled=${busy.value !== ""}>
      ${icon(busy.value === "export" ? "spinner" : "download")}${say("transfer.make")}
    </button>
  </form>`;
}

/** @param {string} [offered] a new code; none where one is asked for */
function codeField(offered = "") {
  return html`<label class="field"
    ><span class="lbl">${say("transfer.code")}</span
    ><span class="input"
      ><input
        name="code"
        class="num"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        minlength=${offered ? SHORTEST : nothing}
        required
        .value=${offered} /></span
    >${offered ? html`<small class="faint">${say("transfer.code_help", { n: SHORTEST })}</small>` : nothing}</label
  >`;
}

/** @param {Ready} made */
function done({ file, drafts, rows, photos }) {
  return html`<p class="fs14">${say("transfer.made", { d: drafts, n: rows, p: photos })}</p>
    <p class="transfer-code num" aria-label=${say("transfer.code")}>${code.value}</p>
    <p class="fs13 loss">${say("transfer.write_down")}</p>
    <button class="btn btn--p btn--lg btn--b" @click=${() => void save(file)}>
      ${icon("download")}${say("transfer.save")}
    </button>`;
}

function importing() {
  return html`<section class="card card--pad stack">
    <h2 class="fs15">${say("transfer.import")}</h2>
    <p class="fs14 muted">${say("transfer.import_help")}</p>
    <form class="stack" @submit=${read}>
      <label class="btn btn--b">
        <input
          class="sr"
          type="file"
          name="file"
          aria-label=${say("transfer.file")}
          required
          @change=${pick}
        />${icon("file")}<span class="clip">${picked.value || say("transfer.file")}</span>
      </label>
      ${codeField()}
      <button class="btn btn--lg btn--b" ?disabled=${busy.value !== ""}>
        ${icon(busy.value === "import" ? "spinner" : "upload")}${say("transfer.read")}
      </button>
    </form>
  </section>`;
}

/** @param {Event} event */
function pick(event) {
  const input = /** @type {HTMLInputElement} */ (event.currentTarget);
  picked.value = input.files?.[0]?.name ?? "";
}

/** @param {SubmitEvent} event */
async function write(event) {
  event.preventDefault();
  const said = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
  code.value = String(said.get("code")).trim();
  await during("export", async () => {
    const { file, ...counts } = await exported(account.peek()?.id ?? "", code.peek());
    const name = `mingcha-${day(Date.now())}.mingcha`;
    if (isHere()) ready.value = { file: new File([file], name, { type: file.type }), ...counts };
  });
}

/** @param {SubmitEvent} event */
async function read(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const said = new FormData(form);
  const id = account.peek()?.id ?? "";
  await during("import", async () => {
    const facts = await imported(
      id,
      /** @type {File} */ (said.get("file")),
      String(said.get("code")),
    );
    await recallVisits(id);
    forgetFile();
    form.reset();
    picked.value = "";
    told.value = { bad: false, words: say("transfer.imported", { ...facts }) };
    void flush();
  });
}

/**
 * @param {"export" | "import"} what
 * @param {() => Promise<void>} work
 */
async function during(what, work) {
  busy.value = what;
  told.value = null;
  try {
    await work();
  } catch (error) {
    const why = error instanceof FileRefused ? error.why : "failed";
    told.value = { bad: true, words: say(`transfer.why_${why}`) };
  } finally {
    busy.value = "";
  }
}

/**
 * By the share sheet where the phone has one for files, as a download elsewhere.
 * @param {File} file
 */
async function save(file) {
  if (await shared(file)) return;
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Whether the share sheet had the file; whoever closes it finds the button still there.
 * @param {File} file
 */
async function shared(file) {
  if (!navigator.canShare?.({ files: [file] })) return false;
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError";
  }
}
