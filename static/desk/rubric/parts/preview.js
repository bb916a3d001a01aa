/** @import {Answer} from "../../../js/types.js" */
/** @import {Editor} from "../editor.js" */
/** @typedef {ReturnType<typeof import("../server.js").createServer>} Server */
import { html } from "../../../vendor/lit-html.js";
import { effect, signal, untracked } from "../../../vendor/signals-core.js";
import { icon } from "../../../js/ui/icon.js";
import { listen, tell } from "../preview/messages.js";
import { say } from "../words.js";
import { ask, trial } from "./trial.js";

export const previewing = signal(false);

const answers = signal(/** @type {Answer[]} */ ([]));

/** The frame that talks with us just now. @type {HTMLIFrameElement | null} */
let frame = null;

const inFrame = () => frame?.contentWindow;

/**
 * Tells the frame what is edited for as long as there is one, and hears what is answered in it.
 * @param {Editor} editor
 * @param {Server} server
 */
export function watchPreview(editor, server) {
  listen(inFrame, (message) => {
    if (message.kind === "answers") answers.value = message.answers;
    if (message.kind !== "ready") return;
    tell(inFrame(), { kind: "draft", draft: editor.draft.peek() });
    tell(inFrame(), { kind: "look", spot: editor.spot.peek() });
  });
  effect(() => tell(inFrame(), { kind: "draft", draft: editor.draft.value }));
  effect(() => tell(inFrame(), { kind: "look", spot: editor.spot.value }));
  effect(() => {
    const draft = editor.draft.value;
    const given = answers.value;
    if (previewing.value) untracked(() => ask(server, draft, given));
  });
}

/**
 * The draft as the phone shows it, in a frame of a phone's width, and what the answers in it come to.
 * @param {Editor} editor
 */
export function previewFrame(editor) {
  const kept = (/** @type {Event} */ event) => {
    frame = /** @type {HTMLIFrameElement} */ (event.target);
  };
  const close = () => {
    previewing.value = false;
  };
  return html`<section class="ed__preview" aria-labelledby="preview-title">
    <div class="card ed-phone">
      <div class="card__h">
        <h2 id="preview-title">${say("preview")}</h2>
        <button type="button" class="ib end" aria-label=${say("close")} @click=${close}>
          ${icon("x")}
        </button>
      </div>
      <iframe
        title=${say("preview")}
        src="/rubric-drafts/${editor.id}/preview"
        @load=${kept}
      ></iframe>
    </div>
    ${trial(editor, () => tell(inFrame(), { kind: "clear" }))}
    <p class="fs12 faint">${say("preview_help")}</p>
  </section>`;
}
