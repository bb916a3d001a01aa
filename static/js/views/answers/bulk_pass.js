/** @import {AnswerRow, Section} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { judged } from "../../model/answer_row.js";
import { remembering } from "../../model/answer_past.js";
import { isOn } from "../../model/blockers.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/**
 * What "the rest all pass" would mark: not answered, not critical, judged by eye alone.
 * @param {OpenDraft} draft
 * @param {Section} section
 */
export function restOf(draft, section) {
  return section.items.filter(
    (item) =>
      isOn(item, draft.features) &&
      item.severity !== "veto" &&
      item.rule.kind !== "info" &&
      item.rule.kind !== "meas" &&
      !draft.row(item.code).verdict,
  );
}

/**
 * Marks them in one go, remembered as one: reviewers may see haste. Six seconds to take it back.
 * @param {OpenDraft} draft
 * @param {Section} section
 */
export function passRest(draft, section) {
  const before = restOf(draft, section).map((item) => draft.row(item.code));
  const passed = restOf(draft, section).map((item) => {
    const row = draft.row(item.code);
    return remembering(row, judged(row, "pass", item), Date.now());
  });
  const codes = passed.map((row) => row.item);
  const known = draft.visit.peek().bulk_pass;
  draft.put(passed, {
    bulk_pass: [...known, ...codes],
    at: { section: section.key, item: codes[codes.length - 1] ?? "" },
  });
  toast({
    icon: "check2",
    message: say("form.n_passed", { n: codes.length }),
    act: say("common.undo"),
    onAct: () => takeBack(draft, before),
  });
}

/**
 * @param {OpenDraft} draft
 * @param {readonly AnswerRow[]} before
 */
function takeBack(draft, before) {
  const codes = new Set(before.map((row) => row.item));
  // What was judged by hand meanwhile stays.
  const still = before.filter((row) => draft.row(row.item).verdict === "pass");
  draft.put(still, { bulk_pass: draft.visit.peek().bulk_pass.filter((code) => !codes.has(code)) });
}
