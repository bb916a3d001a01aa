/** @import {AnswerRow, SlotRow, UploadRow, VisitRow} from "../types.js" */
import { within } from "./database.js";
import { closed } from "./sealing.js";

/**
 * Keeps a visit that came from the server, whole or not at all.
 * @param {{visit: VisitRow, rows: AnswerRow[], slots: SlotRow[], uploads: UploadRow[]}} returned
 */
export async function keepReturned({ visit, rows, slots, uploads }) {
  const { account } = visit;
  const [kept, answers, places] = await Promise.all([
    closed("visits", account, visit),
    Promise.all(rows.map((row) => closed("answers", account, row))),
    Promise.all(slots.map((slot) => closed("slots", account, slot))),
  ]);
  await within(["visits", "answers", "slots", "uploads"], "readwrite", async (tx) => {
    await tx.objectStore("visits").put(kept);
    await Promise.all([
      ...answers.map((row) => tx.objectStore("answers").put(row)),
      ...places.map((slot) => tx.objectStore("slots").put(slot)),
      ...uploads.map((upload) => tx.objectStore("uploads").put(upload)),
    ]);
  });
}
