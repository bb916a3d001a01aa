/** @import {AnswerRow, Item, Section, Verdict} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { segment } from "../../ui/radios.js";
import { say } from "../../wording/say.js";
import { edit, judge } from "../answers/answering.js";
import { REASONS, reasonField } from "./reasons.js";

/**
 * Not applicable, or not observed: which of the two, and why.
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
export function apart(draft, section, item, row) {
  const kind = row.verdict === "na" ? "na" : "not_observed";
  const change = (/** @type {string} */ reason) => edit(draft, section, { ...row, reason });
  return html`${item.na === "allowed" ? which(draft, section, item, row) : nothing}
  ${reasonField(REASONS[kind], row.reason, change)}`;
}

/**
 * @param {OpenDraft} draft
 * @param {Section} section
 * @param {Item} item
 * @param {AnswerRow} row
 */
function which(draft, section, item, row) {
  return segment({
    label: say("score.result"),
    options: /** @type {const} */ ([
      ["na", say("score.na")],
      ["not_observed", say("score.not_observed")],
    ]),
    chosen: row.verdict === "na" ? "na" : "not_observed",
    choose: (verdict) => judge(draft, section, item, verdict),
  });
}
