/** @import {AnswerRow, SlotRow, UploadRow, VisitRow} from "../types.js" */
import { within } from "./database.js";

/**
 * Keeps a visit that came from the server, whole or not at all.
 * @param {{visit: VisitRow, rows: AnswerRow[], slots: SlotRow[], uploads: UploadRow[]}} returned
 */
export async function keepReturned({ visit, rows, slots, uploads }) {
  await within(["visits", "answers", "slots", "uploads"], "readwrite", async (tx) => {
    await tx.objectStore("visits").put(visit);
    await Promise.all([
      ...rows.map((row) => tx.objectStore("answers").put(row)),
      ...slots.map((slot) => tx.objectStore("slots").put(slot)),
      ...uploads.map((upload) => tx.objectStore("uploads").put(upload)),
    ]);
  });
}
