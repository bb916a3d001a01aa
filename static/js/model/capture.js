/** @import {AnswerRow, CaptureRow, Item, Meas, SlotRow} from "../types.js" */
import { LONGEST_NOTE } from "./answer_row.js";
import { measuredValue, measuredVerdict } from "./measured.js";
import { elapsed, measuredIn, secondsOf } from "./stopwatch.js";

/** How many notes of one visit the server takes beside the answers. */
export const MOST_REMARKS = 200;
/** How long a note is at most, here so that what the kind adds still fits. */
export const LONGEST = 400;

/**
 * Something just noted.
 * @param {{id: string, visit: string, account: string, kind: CaptureRow["kind"], at: string} & Partial<CaptureRow>} facts
 * @returns {CaptureRow}
 */
export function newCapture(facts) {
  const nothing = { section: "", item: "", text: "", count: 0, sha256: "", stopped_at: "" };
  return { format: 1, ...nothing, laps: [], ...facts };
}

/**
 * Which item a capture belongs to: its photo's, where it has one.
 * @param {CaptureRow} capture
 * @param {readonly SlotRow[]} slots
 */
export function itemOf(capture, slots) {
  if (capture.item || !capture.sha256) return capture.item;
  return slots.find((slot) => slot.sha256 === capture.sha256)?.item ?? "";
}

/**
 * What there is to show, latest last. A photo thrown away leaves nothing but the words written to it, and a photo
 * kept a moment before the app was killed is there without a note.
 * @param {readonly CaptureRow[]} captures
 * @param {readonly SlotRow[]} slots
 * @param {{visit: string, account: string}} owner
 * @returns {CaptureRow[]}
 */
export function timeline(captures, slots, owner) {
  const here = new Set(slots.map((slot) => slot.sha256));
  const noted = new Set(captures.map((capture) => capture.sha256));
  const bare = slots
    .filter((slot) => slot.item === "" && !noted.has(slot.sha256))
    .map((slot) =>
      newCapture({
        id: slot.sha256,
        ...owner,
        kind: "photo",
        at: slot.taken_at,
        sha256: slot.sha256,
      }),
    );
  return [
    ...captures.filter((one) => !one.sha256 || one.text || here.has(one.sha256)),
    ...bare,
  ].sort((a, b) => a.at.localeCompare(b.at));
}

/**
 * The answer once a capture was put with its item: words into the note, the time as when it was seen, a count or a
 * measurement where the rule asks for one. Null: the note has no room left.
 * @param {AnswerRow} row
 * @param {Item} item
 * @param {CaptureRow} capture
 * @param {string} words
 * @returns {AnswerRow | null}
 */
export function withCapture(row, item, capture, words) {
  const note = joined(row.note, words);
  if (note.length > LONGEST_NOTE) return null;
  const seen = row.observed_at && row.observed_at < capture.at ? row.observed_at : capture.at;
  return { ...row, ...finding(row, item, capture), note, observed_at: seen };
}

/**
 * The answer without what a capture had brought.
 * @param {AnswerRow} row
 * @param {CaptureRow} capture
 * @param {string} words
 * @returns {AnswerRow}
 */
export function withoutCapture(row, capture, words) {
  const at = words ? row.note.lastIndexOf(words) : -1;
  const parts = at < 0 ? [row.note] : [row.note.slice(0, at), row.note.slice(at + words.length)];
  const note = parts
    .map((part) => part.replace(EDGES, ""))
    .filter(Boolean)
    .join(between(words));
  const { observed_at = "" } = row;
  return { ...row, note, observed_at: observed_at === capture.at ? "" : observed_at };
}

const EDGES = /^[;；\s]+|[;；\s]+$/g;

/**
 * What stands between two remarks in one note.
 * @param {string} words
 */
function between(words) {
  return /[^\x20-\x7e]/.test(words) ? "；" : "; ";
}

/**
 * @param {string} note
 * @param {string} words
 */
function joined(note, words) {
  return [note.trim(), words].filter(Boolean).join(between(note + words));
}

/**
 * @param {AnswerRow} row
 * @param {Item} item
 * @param {CaptureRow} capture
 * @returns {Partial<AnswerRow>}
 */
function finding(row, { rule }, capture) {
  if (rule.kind === "occ" && capture.kind === "tally" && !row.count)
    return { count: Math.min(999, capture.count) };
  const isTimed = capture.kind === "watch" && capture.stopped_at !== "";
  return rule.kind === "meas" && isTimed && !row.measured ? timed(rule, capture) : {};
}

/**
 * @param {Meas} rule
 * @param {CaptureRow} watch
 * @returns {Partial<AnswerRow>}
 */
function timed(rule, watch) {
  const seconds = secondsOf(rule);
  const measured = seconds ? measuredIn(elapsed(watch, 0), seconds) : "";
  if (measuredValue(rule, measured) === null) return {};
  return { measured, verdict: measuredVerdict(rule, measured) };
}
