/** @import {AnswerRow, PhotoIn, Remark, Rubric, SlotRow, Submission, VisitRow} from "../types.js" */
import { inOrder, toAnswer } from "./answer_row.js";
import { isOn } from "./blockers.js";

/**
 * The body of one attempt: facts only, no score of any kind.
 * @param {{visit: VisitRow, rubric: Rubric, rows: ReadonlyMap<string, AnswerRow>, slots: readonly SlotRow[],
 *   remarks?: readonly Remark[], ended_at: string, sent_at: string, clock_offset_ms: number, device: {id: string, app: string}}} draft
 * @returns {Submission}
 */
export function submission({ visit, rubric, rows, slots, remarks = [], device, ...times }) {
  const items = rubric.sections
    .flatMap((section) => section.items)
    .filter((item) => isOn(item, visit.store.features));
  const answers = items.flatMap((item) => {
    const row = rows.get(item.code);
    const answer = row && toAnswer(row, item, slotsOf(slots, item.code));
    return answer ? [answer] : [];
  });
  const sent = answers.flatMap((answer) => inOrder(slotsOf(slots, answer.item)));
  const originals = new Set(sent.filter((slot) => !slot.marked_from).map((slot) => slot.sha256));
  const photos = answers.flatMap((answer) =>
    inOrder(slotsOf(slots, answer.item)).map((slot, index) => photoIn(slot, index, originals)),
  );
  return {
    format: 1,
    visit: visit.id,
    attempt: visit.attempt,
    assignment: visit.assignment,
    rubric_digest: visit.rubric,
    started_at: visit.started_at,
    ...times,
    answers,
    photos,
    place: visit.check_in?.place ?? visit.place,
    ...present(visit),
    ...(remarks.length && { remarks: [...remarks] }),
    declaration: visit.declaration,
    bulk_pass: visit.bulk_pass,
    device,
  };
}

/**
 * @param {VisitRow} visit
 * @returns {Partial<Submission>}
 */
function present({ check_in, check_out }) {
  return { ...(check_in && { check_in }), ...(check_out && { check_out }) };
}

/**
 * @param {readonly SlotRow[]} slots
 * @param {string} item
 */
export function slotsOf(slots, item) {
  return slots.filter((slot) => slot.item === item);
}

/**
 * @param {SlotRow} slot
 * @param {number} index
 * @param {ReadonlySet<string>} originals what a marked-up copy may name
 * @returns {PhotoIn}
 */
function photoIn(slot, index, originals) {
  const { marked_from } = slot;
  return {
    sha256: slot.sha256,
    item: slot.item,
    position: index,
    bytes: slot.size,
    width: slot.width,
    height: slot.height,
    origin: slot.origin,
    taken_at: slot.taken_at,
    ...(marked_from && originals.has(marked_from) && { marked_from }),
  };
}
