/** @import {Doc, Report} from "../types.js" */
import { same } from "./document.js";

/** Where the draft is: with the server, on the way, only here, or beside somebody else's.
 * @typedef {"saved" | "changed" | "saving" | "offline" | "signed_out" | "refused" | "closed" | "conflict"} State */

/** `base` and `seen` are what the server had when the two last agreed; `theirs` is what it has instead; `sent` was
 * on its way last, and may have arrived although no answer came back.
 * @typedef {{state: State, base: Doc, seen: number, at: string, theirs: Report | null, problem: string, sent?: Doc | null}} Kept */

/** What this browser kept of a draft the server did not have yet.
 * @typedef {{seen: number, document: Doc, at: string, sent?: Doc | null}} KeptHere */

/**
 * How a draft is taken up: as the server has it, or as it was typed here and never arrived.
 * @param {Report} report
 * @param {KeptHere | null} here
 * @returns {{kept: Kept, document: Doc}}
 */
export function takenUp(report, here) {
  /** @type {Kept} */
  const kept = {
    state: "saved",
    base: report.document,
    seen: report.seen,
    at: report.changed_at,
    theirs: null,
    problem: "",
  };
  if (!here || same(here.document, report.document)) return { kept, document: report.document };
  // What was sent last may be what the server has: the page was closed before it heard so.
  if (here.seen === report.seen || (here.sent && same(here.sent, report.document)))
    return { kept: { ...kept, state: "changed" }, document: here.document };
  return {
    kept: { ...kept, seen: here.seen, state: "conflict", theirs: report },
    document: here.document,
  };
}

/**
 * Something was changed here. A conflict and a closed draft stay what they are until somebody decides.
 * @param {Kept} kept
 * @param {Doc} document
 * @returns {Kept}
 */
export function changedHere(kept, document) {
  if (FIXED.has(kept.state)) return kept;
  if (same(document, kept.base)) return { ...kept, state: "saved" };
  return kept.state === "saved" || kept.state === "refused" ? { ...kept, state: "changed" } : kept;
}

/** States no change leaves by itself. @type {ReadonlySet<State>} */
const FIXED = new Set(/** @type {const} */ (["conflict", "closed", "saving"]));

/**
 * The server has what was sent.
 * @param {Kept} kept
 * @param {Doc} sent
 * @param {Doc} now what the draft says by now
 * @param {Pick<Report, "seen" | "changed_at">} report
 * @returns {Kept}
 */
export function arrived(kept, sent, now, { seen, changed_at }) {
  const state = same(sent, now) ? "saved" : "changed";
  return {
    ...kept,
    state,
    base: sent,
    seen,
    at: changed_at,
    theirs: null,
    problem: "",
    sent: null,
  };
}

/**
 * It did not arrive; why decides what happens next.
 * @param {Kept} kept
 * @param {State} state
 * @param {string} [problem] the server's own words
 * @returns {Kept}
 */
export function failed(kept, state, problem = "") {
  return { ...kept, state, problem };
}

/**
 * Another window of the same person saved: what was only looked at here follows, what was changed here stands
 * beside it at once, and a conflict compares with the latest.
 * @param {Kept} kept
 * @param {Report} report
 * @param {Doc} mine
 * @returns {{kept: Kept, document: Doc}}
 */
export function heard(kept, report, mine) {
  if (report.seen <= kept.seen || kept.state === "closed" || kept.state === "saving")
    return { kept, document: mine };
  if (kept.state === "saved")
    return { kept: arrived(kept, ...both(report), report), document: report.document };
  return { kept: overtaken(kept, report, mine), document: mine };
}

/** @param {Report} report @returns {[Doc, Doc]} */
const both = ({ document }) => [document, document];

/**
 * Somebody else changed the draft: theirs is shown beside ours.
 * @param {Kept} kept
 * @param {Report} theirs
 * @param {Doc} mine
 * @returns {Kept}
 */
export function overtaken(kept, theirs, mine) {
  if (same(theirs.document, mine)) return arrived(kept, mine, mine, theirs);
  // Nobody else: our own, whose answer got lost.
  if (kept.sent && same(theirs.document, kept.sent)) return arrived(kept, kept.sent, mine, theirs);
  return { ...kept, state: "conflict", theirs };
}

/**
 * Somebody decided on a version: from now on it builds upon theirs.
 * @param {Kept} kept
 * @param {Doc} chosen
 * @returns {Kept}
 */
export function settled(kept, chosen) {
  const { theirs } = kept;
  if (!theirs) return kept;
  const state = same(chosen, theirs.document) ? "saved" : "changed";
  const { document: base, seen, changed_at: at } = theirs;
  return { state, base, seen, at, theirs: null, problem: "", sent: null };
}

/**
 * Whether the draft should be sent now.
 * @param {Kept} kept
 */
export function isDue({ state }) {
  return state === "changed" || state === "offline" || state === "signed_out";
}
