/** @import {RoundOut} from "../../types.js" */
/** @import {Task} from "./tasks.js" */
import { html } from "../../../vendor/lit-html.js";
import { nameOf } from "../../wording/say.js";

/**
 * The tasks round by round, each with its name above it.
 * @param {readonly RoundOut[]} rounds in the order of their work
 * @param {readonly Task[]} all
 * @param {(round: RoundOut | null, tasks: readonly Task[]) => unknown} part draws the tasks of a round
 */
export function byRound(rounds, all, part) {
  const known = new Set(rounds.map(({ code }) => code));
  const others = all.filter(({ assignment }) => !known.has(assignment.round.code));
  return html`${rounds.map((round) => {
    const its = all.filter(({ assignment }) => assignment.round.code === round.code);
    const id = `round-${round.code}`;
    return html`<section class="stack" aria-labelledby=${id}>
      <h2 class="sect-t only-open" id=${id}>${nameOf(round)}</h2>
      ${part(round, its)}
    </section>`;
  })}
  ${others.length ? part(null, others) : ""}`;
}
