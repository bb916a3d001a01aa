/** @import {DraftPaper, LineDraft} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { stateOf } from "../../model/photo_state.js";
import { addPapers, removeLineFile } from "../../sync/line_desk.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { question } from "../../ui/question.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";

/**
 * The documents of a draft, and the way to add one.
 * @param {LineDraft} draft
 */
export function linePapers(draft) {
  return { papers: (draft.documents ?? []).map((paper) => tile(draft, paper)), ways: field(draft) };
}

/** @param {LineDraft} draft */
function field(draft) {
  const chosen = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const files = [...(input.files ?? [])];
    input.value = "";
    void addPapers(draft, files);
  };
  return html`<label class="photo photo--add">
    <input class="sr" type="file" accept="application/pdf,.pdf" multiple @change=${chosen} />
    ${icon("file")}<span>PDF</span>
  </label>`;
}

/**
 * @param {LineDraft} draft
 * @param {DraftPaper} paper
 */
function tile(draft, paper) {
  const ask = () =>
    question({
      title: say("line.paper_drop_q"),
      help: paper.name,
      no: say("common.cancel"),
      yes: say("common.delete"),
      bad: true,
      onYes: () => void told(removeLineFile(draft, paper)),
    });
  const bad = stateOf(uploads.value.get(paper.sha256)) === "refused";
  return html`<button class="photo photo--paper ${bad ? "photo--bad" : ""}" @click=${ask}>
    ${inside(paper)}
  </button>`;
}

/** A document of something sent. @param {DraftPaper} paper */
export function linePaper(paper) {
  return html`<span class="photo photo--paper">${inside(paper)}</span>`;
}

/** @param {DraftPaper} paper */
function inside({ sha256, name, size }) {
  const n = Math.ceil(size / 1024);
  return html`${icon("file")}<span class="photo__n">${name.replace(/\.pdf$/i, "")}</span
    ><span class="num">${say("appeal.kb", { n })}</span>${state(sha256)}`;
}

/** How far it has travelled, while it does, or that it was refused. @param {string} sha256 */
function state(sha256) {
  const upload = uploads.value.get(sha256);
  const name = stateOf(upload);
  if (name === "refused")
    return html`<span class="photo__s photo__s--refused"
      >${icon("alert")}${say("line.photo_refused")}</span
    >`;
  if (name !== "sending") return nothing;
  const { offset = 0, size = 1 } = upload ?? {};
  const share = Math.floor((100 * offset) / Math.max(1, size));
  return html`<span class="photo__s photo__s--sending"
    >${say("line.photo_share", { n: share })}</span
  >`;
}
