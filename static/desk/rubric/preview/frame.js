/** @import {Answer, AnswerRow} from "../../../js/types.js" */
/** @import {OpenDraft} from "../../../js/store/open_draft.js" */
/** @import {Doc, Spot} from "../types.js" */
import { html, nothing, render } from "../../../vendor/lit-html.js";
import { effect, signal } from "../../../vendor/signals-core.js";
import { toAnswer } from "../../../js/model/answer_row.js";
import { findingMissing } from "../../../js/model/blockers.js";
import { openDraft } from "../../../js/store/open_draft.js";
import { island } from "../../../js/ui/island.js";
import { layers } from "../../../js/ui/overlay.js";
import { formAt, goInstead, route, watchRoute } from "../../../js/ui/route.js";
import { watchScroll } from "../../../js/ui/scrolled.js";
import { toast } from "../../../js/ui/toast.js";
import { desk } from "../../../js/views/drafts/desk.js";
import { formScreen } from "../../../js/views/form/form.js";
import { learn, speak } from "../../../js/wording/say.js";
import { asRubric } from "../model/as_rubric.js";
import { language, say } from "../words.js";
import { listen, tell } from "./messages.js";
import { VISIT, pretended } from "./visit.js";

/** Nothing of a preview is kept anywhere. @type {Parameters<typeof openDraft>[2]} */
const forgetting = (visit) => ({
  saved: signal({ state: /** @type {const} */ ("saved"), at: visit.peek().changed_at }),
  touch: () => undefined,
  apart: (work) => work(),
  settled: async () => true,
});

/** What the form offers on a phone and a preview cannot do: photos, notes, stopwatches, other screens. */
const OUT_OF_REACH = [
  ".photo",
  "label:has(input[type=file])",
  ".photos .chip",
  ".item > .btn",
  ".watch .btn",
  ".m-foot .btn--icon:not([aria-haspopup]):not(:last-of-type)",
  ".navbar .ib",
  "a:not([href*='/form/'])",
].join(", ");

const empty = signal(false);

/** @param {Doc} draft */
function lay(draft) {
  const rubric = asRubric(draft);
  empty.value = !rubric.sections.some(({ items }) => items.length);
  if (empty.peek()) return;
  const before = desk.peek().draft;
  /** @type {AnswerRow[]} */
  const rows = before ? [...before.rows.values()].map((row) => row.peek()) : [];
  const now = new Date().toISOString();
  const stored = pretended(rubric, say("preview_store"), now, rows);
  desk.value = { visit: VISIT, state: "open", draft: openDraft(stored, rubric, forgetting) };
}

/** Brings what is being edited into sight. @param {Doc} draft @param {Spot} spot */
function look(draft, { section, item }) {
  const shown = asRubric(draft).sections[section];
  if (!shown) return;
  const at = formAt(VISIT, shown.key);
  if (location.hash !== at) goInstead(at);
  const code = item === null ? undefined : shown.items[item]?.code;
  // Scrolled by hand: `scrollIntoView` would scroll the page around the frame as well.
  const bring = () => {
    const box = document.getElementById(`item-${code}`)?.getBoundingClientRect();
    if (box) scrollBy(0, box.top - (innerHeight - box.height) / 2);
  };
  if (code) setTimeout(bring, 50);
}

/** @param {OpenDraft} draft @returns {Answer[]} */
function answersOf(draft) {
  return [...draft.items.values()].flatMap((item) => {
    const row = draft.row(item.code);
    const answer = findingMissing(item, row) ? null : toAnswer(row, item, []);
    return answer ? [answer] : [];
  });
}

/** @param {MouseEvent} event */
function holdBack(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target?.closest(OUT_OF_REACH)) return;
  event.preventDefault();
  event.stopPropagation();
  toast({ icon: "info", message: say("preview_only") });
}

function form() {
  if (empty.value) return html`<p class="ctr faint">${say("preview_empty")}</p>`;
  return desk.value.draft ? formScreen() : nothing;
}

/** @param {HTMLElement} root */
async function start(root) {
  await learn("phone", "visits", "form", "record", "me");
  await speak(language === "zh" ? "zh-CN" : "en");
  watchRoute();
  watchScroll();
  document.addEventListener("click", holdBack, { capture: true });
  /** @type {Doc} */
  let draft = {};
  listen(
    () => window.parent,
    (message) => {
      if (message.kind === "draft") lay((draft = message.draft));
      if (message.kind === "look") look(draft, message.spot);
      if (message.kind === "clear") {
        desk.value = { visit: "", state: "missing", draft: null };
        lay(draft);
      }
    },
  );
  effect(() => {
    const open = desk.value.draft;
    if (open) tell(window.parent, { kind: "answers", answers: answersOf(open) });
  });
  root.replaceChildren();
  render(
    html`<div class="m m--form">
        <div class="screen" ${island(() => (route.value, form()))}></div>
      </div>
      ${layers()}`,
    root,
  );
  tell(window.parent, { kind: "ready" });
  document.documentElement.dataset.ready = "";
}

const place = document.getElementById("app");
if (place) void start(place);
