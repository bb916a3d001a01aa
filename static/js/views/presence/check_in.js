/** @import {Presence, VisitRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { clock } from "../../model/when.js";
import { whereAmI } from "../../sync/visits.js";
import { icon } from "../../ui/icon.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { gradeWords } from "./check_in_words.js";

/** @typedef {"check_in" | "check_out"} Which */

/** Those still waiting for the position. */
const locating = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** Visits whose inspector does not want to be asked. */
const declined = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/**
 * Writes down at once that somebody came or left; where the phone is follows when it is known, and holds nothing up.
 * @param {OpenDraft} draft
 * @param {Which} which
 */
export async function check(draft, which) {
  const earlier = draft.visit.peek()[which] ?? null;
  const at = new Date().toISOString();
  draft.put([], said(which, { at, place: null }));
  toast({
    icon: "pin",
    message: say("here.said", { t: clock(at) }),
    act: say("common.undo"),
    onAct: () => draft.put([], said(which, earlier)),
  });
  const key = `${which} ${at}`;
  locating.value = new Set([...locating.peek(), key]);
  const place = await whereAmI();
  locating.value = new Set([...locating.peek()].filter((other) => other !== key));
  // Taken back or done again meanwhile: this position is nobody's.
  if (place && draft.visit.peek()[which]?.at === at) draft.put([], said(which, { at, place }));
}

/**
 * @param {Which} which
 * @param {Presence | null} presence
 * @returns {Partial<VisitRow>}
 */
function said(which, presence) {
  return which === "check_in" ? { check_in: presence } : { check_out: presence };
}

/**
 * Asks at the start of a visit, once; whoever does not want to goes on.
 * @param {OpenDraft} draft
 */
export function checkInCard(draft) {
  const { id, check_in } = draft.visit.value;
  if (check_in || declined.value.has(id)) return nothing;
  return html`<section class="card here" aria-labelledby="here-title">
    <div class="row">
      ${icon("pin")}
      <h2 class="fs15 grow" id="here-title">${say("here.title")}</h2>
    </div>
    <p class="fs13 faint">${say("here.help")}</p>
    <div class="row">
      <button class="btn btn--p btn--g" @click=${() => void check(draft, "check_in")}>
        ${say("here.in")}
      </button>
      <button
        class="btn"
        @click=${() => {
          declined.value = new Set([...declined.peek(), id]);
        }}
      >
        ${say("here.not_now")}
      </button>
    </div>
  </section>`;
}

/**
 * When one came and left, with the button that says so, before submitting.
 * @param {OpenDraft} draft
 */
export function presenceFacts(draft) {
  return html`<section class="card here" aria-label=${say("here.title")}>
    ${one(draft, "check_in")} ${one(draft, "check_out")}
    <p class="fs13 faint">${say("here.only_qc")}</p>
  </section>`;
}

const WORDS = /** @type {const} */ ({
  check_in: ["here.in", "here.check_in"],
  check_out: ["here.out", "here.check_out"],
});

/**
 * @param {OpenDraft} draft
 * @param {Which} which
 */
function one(draft, which) {
  const visit = draft.visit.value;
  const presence = visit[which] ?? null;
  const [label, act] = WORDS[which];
  return html`<div class="row here__l">
    <span class="grow"
      >${say(label)} ${presence ? html`<b class="num">${clock(presence.at)}</b>` : nothing}<small
        class="faint"
        role="status"
        >${presence ? where(visit, which) : say("here.none")}</small
      ></span
    >
    <button
      class="btn"
      aria-label=${presence ? `${say(label)} ${say("here.again")}` : nothing}
      @click=${() => void check(draft, which)}
    >
      ${presence ? say("here.again") : say(act)}
    </button>
  </div>`;
}

/**
 * @param {VisitRow} visit
 * @param {Which} which
 */
function where(visit, which) {
  const presence = visit[which];
  if (!presence) return nothing;
  if (!presence.place && locating.value.has(`${which} ${presence.at}`)) return say("here.locating");
  return gradeWords(presence.place, visit.store);
}
