import { clock, dateClock, day } from "../../model/when.js";
import { copies } from "../../sync/copy_states.js";
import { language, say } from "../../wording/say.js";

/**
 * Whether the server has a copy of a draft, and from when: never more than it said itself.
 * @param {string} visit
 */
export function copyWords(visit) {
  const row = copies.value.get(visit);
  if (row?.ended === "submitted") return say("copy.submitted");
  return row?.sent_at ? say("copy.at", { t: moment(row.sent_at) }) : say("copy.none");
}

/**
 * The clock today, the date with it on other days.
 * @param {string} time
 */
export function moment(time) {
  return day(time) === day(Date.now()) ? clock(time) : dateClock(time, language.value);
}
