/** @import {OutboxRow} from "../../types.js" */
import { visitHere } from "../../store/visits.js";
import { mendVisit } from "../../sync/visits.js";
import { go } from "../../ui/route.js";
import { load } from "../drafts/desk.js";

/**
 * Opens a visit whose answers the server refused, to put them right and submit again.
 * @param {OutboxRow} row
 */
export async function mend(row) {
  const stored = await visitHere(row.account, row.visit);
  if (!stored) return;
  await mendVisit(stored.visit);
  await load(row.account, row.visit);
  go(`#/visits/${row.visit}/check`);
}
