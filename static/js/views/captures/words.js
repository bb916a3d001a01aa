/** @import {CaptureRow, Remark} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { itemOf } from "../../model/capture.js";
import { elapsed, isRunning, lapsOf, shown } from "../../model/stopwatch.js";
import { clock } from "../../model/when.js";
import { say } from "../../wording/say.js";

/**
 * What a capture says, as it is written into a note or a remark; empty for a photo without words.
 * @param {CaptureRow} capture
 */
export function wordsOf(capture) {
  const text = capture.text.trim();
  if (capture.kind === "tally")
    return [text, say("cap.said_tally", { n: capture.count })].filter(Boolean).join(" ");
  if (capture.kind === "watch") return [text, timed(capture)].filter(Boolean).join(" ");
  return text;
}

/** @param {CaptureRow} capture */
function timed(capture) {
  if (isRunning(capture)) return say("cap.said_running", { t: clock(capture.at) });
  const t = shown(elapsed(capture, 0));
  const x = lapsOf(capture).map(shown).join(" ");
  return x ? say("cap.said_laps", { t, x }) : say("cap.said_watch", { t });
}

/**
 * What belongs to no item and goes along for the reviewer.
 * @param {OpenDraft} draft
 * @param {readonly CaptureRow[]} captures
 * @returns {Remark[]}
 */
export function remarksOf(draft, captures) {
  const slots = draft.slots.peek();
  return [...captures]
    .filter((one) => (one.sha256 ? !one.item : !itemOf(one, slots)))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map((one) => ({ at: one.at, text: wordsOf(one) }))
    .filter((remark) => remark.text !== "");
}
