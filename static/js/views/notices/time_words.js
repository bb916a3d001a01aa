import { html } from "../../../vendor/lit-html.js";
import { clockError, spoken, timeLeft } from "../../model/countdown.js";
import { clock, date, dayName } from "../../model/when.js";
import { clockOffset } from "../../sync/clock.js";
import { serverNow } from "../../sync/server_now.js";
import { language, say } from "../../wording/say.js";

/**
 * A time near now as people say it: "tomorrow 09:00", "19 Nov 09:00".
 * @param {string} time
 */
export function dayClock(time) {
  const name = dayName(time, serverNow.value);
  const day = name === "date" ? date(time, language.value) : say(`when.${name}`);
  return `${day} ${clock(time)}`;
}

/**
 * The same within a sentence.
 * @param {string} time
 */
export function dayClockWithin(time) {
  const words = dayClock(time);
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}

/**
 * A number of hours as it is offered: from three days on, in days.
 * @param {number} hours
 */
export function hoursWords(hours) {
  return hours < 72 || hours % 24 ? say("left.h", { n: hours }) : say("left.d", { n: hours / 24 });
}

/**
 * How long is left, or how long it has been over, in two words at most.
 * @param {string} due
 */
export function leftWords(due) {
  const left = timeLeft(due, serverNow.value);
  const x = spoken(left)
    .map(([unit, n]) => say(`left.${unit}`, { n }))
    .join(say("left.and"));
  return { late: left.late, x, words: say(left.late ? "left.late" : "left.left", { x }) };
}

/**
 * The same large, its numbers apart from their units.
 * @param {string} due
 */
export function leftLarge(due) {
  const { words } = leftWords(due);
  const parts = spoken(timeLeft(due, serverNow.value));
  return html`<span class="count" role="img" aria-label=${words}
    >${parts.map(([unit, n]) => html`${n}<small>${say(`left.unit_${unit}`)}</small>`)}</span
  >`;
}

/** That the phone's clock is wrong, where that would make a deadline look wrong; "" where it is not. */
export function clockWords() {
  // Read for its beat: the offset is learnt with any answer.
  void serverNow.value;
  const n = clockError(clockOffset());
  if (!n) return "";
  return say(clockOffset() > 0 ? "store.clock_slow" : "store.clock_fast", { n });
}
