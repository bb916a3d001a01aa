/** @import {OutboxRow} from "../../types.js" */
import { visitHere } from "../../store/visits.js";
import { mendVisit } from "../../sync/visits.js";
import { go } from "../../ui/route.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { say } from "../../wording/say.js";
import { load } from "../drafts/desk.js";

/**
 * Opens a visit whose answers the server refused, to put them right and submit again; says so where it cannot.
 * @param {OutboxRow} row
 */
export function mend(row) {
  return told(reopened(row));
}

/** @param {OutboxRow} row */
async function reopened(row) {
  const stored = await visitHere(row.account, row.visit);
  if (!stored) return toast({ icon: "alert", message: say("storage.unread") });
  await mendVisit(stored.visit);
  await load(row.account, row.visit);
  go(`#/visits/${row.visit}/check`);
}
