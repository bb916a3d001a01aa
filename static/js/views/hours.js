import { say } from "../wording/say.js";

/**
 * A time limit as people say it: days once it is several whole ones.
 * @param {number} limit hours
 */
export function hours(limit) {
  return limit > 48 && limit % 24 === 0
    ? say("when.days", { n: limit / 24 })
    : say("when.hours", { n: limit });
}
