/** @import {Item} from "../../types.js" */
import { html } from "../../../vendor/lit-html.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";

/**
 * A time limit as people say it: days once it is several whole ones.
 * @param {number} n hours
 */
export function hours(n) {
  return n > 48 && n % 24 === 0 ? say("when.days", { n: n / 24 }) : say("when.hours", { n });
}

/**
 * How long the store has to put an item right.
 * @param {Item} item
 */
export function limit(item) {
  return html`${icon("clock", "i--s")} ${say("score.fix_in", { x: hours(item.hours) })}`;
}
