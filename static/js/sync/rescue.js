/** @import {OpenDraft} from "../store/open_draft.js" */
/** @import {CaptureRow, UploadRow} from "../types.js" */
import { keepCapture } from "../store/captures.js";
import { cleared } from "../store/database.js";
import { keepAssignments } from "../store/fetched.js";
import { changeRow } from "../store/outbox.js";
import { keepPlaces, pixelsHere } from "../store/photos.js";
import { keepRubric } from "../store/rubrics.js";
import { assignments } from "./assignments.js";
import { outbox } from "./outbox.js";
import { rememberSession } from "./session.js";
import { uploads } from "./uploads.js";

/**
 * Writes again what this page still knows after the system took the database away under it: the visit lying
 * open, what waits to be sent, and what the next start without a network needs.
 * @param {OpenDraft | null} draft
 * @param {() => readonly CaptureRow[]} noted what was noted during that visit, by now
 */
export async function rescue(draft, noted) {
  const rows = [...uploads.peek().values()];
  const frozen = outbox.peek();
  draft?.keepAll();
  await draft?.settled();
  if (cleared.peek() !== "just now") return;
  await rememberSession();
  const listed = assignments.peek();
  if (listed) await keepAssignments(listed);
  for (const row of frozen) await changeRow(row, (now) => now);
  if (draft) await keepVisitOf(draft, rows);
  await Promise.all(noted().map(keepCapture));
  cleared.value = "written again";
}

/**
 * @param {OpenDraft} draft
 * @param {readonly UploadRow[]} rows
 */
async function keepVisitOf(draft, rows) {
  const { rubric, account, lines } = draft.visit.peek();
  const slots = draft.slots.peek();
  const arrived = rows.filter((row) => row.state === "here").map((row) => row.sha256);
  const here = await pixelsHere(slots);
  const kept = slots.filter(({ sha256 }) => here.has(sha256) || arrived.includes(sha256));
  const wanted = kept.map((slot) => slot.sha256);
  // Of a look only a part of it lies open; the whole comes again with the tasks.
  if (!lines) await keepRubric(rubric, draft.rubric);
  await keepPlaces(
    account,
    kept,
    rows.filter(({ sha256 }) => wanted.includes(sha256)),
  );
  draft.keepOnly(kept);
}
