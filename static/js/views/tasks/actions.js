/** @import {Assignment, VisitRow} from "../../types.js" */
import { fetchReturned } from "../../sync/returned.js";
import { account } from "../../sync/session.js";
import { beginVisit, reopenVisit } from "../../sync/visits.js";
import { formAt, go } from "../../ui/route.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";
import { load } from "../drafts/desk.js";

/**
 * Starts a visit and opens its form, which offers to check in.
 * @param {Assignment} assignment
 */
export async function begin(assignment) {
  const id = account.peek()?.id ?? "";
  try {
    const visit = await beginVisit(id, assignment);
    go(formAt(visit.id, ""));
  } catch {
    toast({ icon: "alert", message: say("storage.not_begun") });
  }
}

/**
 * Opens a returned visit as its next attempt, with what this phone or the server still has of it.
 * @param {Assignment} assignment
 * @param {VisitRow | undefined} visit
 */
export async function again(assignment, visit) {
  const id = account.peek()?.id ?? "";
  const { returned } = assignment;
  if (!returned) return;
  try {
    if (visit) await reopenVisit(visit, returned);
    else await fetchReturned(id, assignment, returned);
    await load(id, returned.visit);
    go(formAt(returned.visit, ""));
  } catch {
    toast({ icon: "alert", message: say("task.not_reopened") });
  }
}
