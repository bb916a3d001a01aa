/** @import {Editor} from "../editor.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { icon } from "../../../js/ui/icon.js";
import { clock } from "../../../js/model/when.js";
import { say } from "../words.js";

/**
 * Where the draft is just now, and the steps back and forth.
 * @param {Editor} editor
 * @param {{preview: () => void, previewing: boolean}} look
 */
export function toolbar(editor, { preview, previewing }) {
  const past = editor.past.value;
  return html`<div class="ed-tools row row--wrap">
    <span class="ed-state fs13" role="status">${where(editor)}</span>
    <span class="end"></span>
    <button
      type="button"
      class="btn btn--sm"
      ?disabled=${!past.done.length}
      @click=${() => editor.undo()}
    >
      ${icon("undo")}${say("undo")}
    </button>
    <button
      type="button"
      class="btn btn--sm"
      ?disabled=${!past.undone.length}
      @click=${() => editor.redo()}
    >
      ${icon("undo", "ed-redo")}${say("redo")}
    </button>
    <button type="button" class="btn btn--sm" aria-pressed=${previewing} @click=${preview}>
      ${icon("phone")}${say("preview")}
    </button>
  </div>`;
}

/** @type {Record<import("../model/keeping.js").State, [string, string, string]>} icon, look, words */
const WHERE = {
  saved: ["cloudok", "faint", "kept_saved"],
  changed: ["pending", "faint", "kept_changed"],
  saving: ["pending", "faint", "kept_saving"],
  offline: ["offline", "loss", "kept_offline"],
  signed_out: ["lock", "loss", "kept_signed_out"],
  refused: ["alert", "crit", "kept_refused"],
  closed: ["lock", "crit", "kept_closed"],
  conflict: ["split", "crit", "kept_conflict"],
};

/** @param {Editor} editor */
function where(editor) {
  const { state, at, problem } = editor.kept.value;
  const [sign, look, words] = WHERE[state];
  return html`<span class=${look}
      >${icon(sign, "i--s")} ${say(words, { t: at ? clock(at) : "" })}</span
    >${problem && state !== "conflict" ? html` <span class="crit">${problem}</span>` : nothing}${
      state === "signed_out"
        ? html` <a class="link" href="/sign-in" target="_blank">${say("sign_in")}</a>`
        : nothing
    }`;
}
