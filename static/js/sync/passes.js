import { signal } from "../../vendor/signals-core.js";
import { wait } from "../model/backoff.js";
import { verdictOn } from "../model/verdict.js";
import { Refused, Unreachable, askedToWait } from "./api.js";
import { account, standing } from "./session.js";
import { takeArrived } from "./uploads.js";
import { alone, tellOthers } from "./windows.js";

/**
 * Passes over what waits on this phone: one at a time, in one window at a time, and after a failed one less and
 * less often. `recall` reads what waits for an account, `hasWork` says whether any of it is due, `bring` takes it
 * to the server.
 * @param {{recall: (id: string) => Promise<void>, hasWork?: () => boolean, bring: (id: string) => Promise<void>}} what
 */
export function passesOver({ recall, hasWork = () => true, bring }) {
  /** When the next try is due, for the screen that says so; 0: none is waiting. */
  const nextTry = signal(0);
  let failures = 0;
  /** The server asked not to be asked before; only a person's tap goes ahead of it. */
  let notBefore = 0;
  /** @type {Promise<void> | null} */
  let running = null;
  let wanted = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /**
   * Brings everything of this account to the server. Every trigger leads here: a start, a network, a photo, a
   * submission, a tap. A call during a run makes it run once more. Whatever happens on the phone begins the
   * waiting anew; the timer does not, and only a person goes ahead of a wait the server asked for.
   * @param {{by?: "event" | "timer" | "person"}} [trigger]
   */
  function flush({ by = "event" } = {}) {
    if (by !== "timer") failures = 0;
    if (by === "person") notBefore = 0;
    wanted = true;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  async function run() {
    try {
      while (wanted) {
        wanted = false;
        await alone("mingcha-outbox", pass);
      }
    } finally {
      tellOthers();
    }
  }

  async function pass() {
    const id = account.peek()?.id;
    // The next person begins anew.
    if (!id) return void (notBefore = 0);
    clearTimeout(timer);
    nextTry.value = 0;
    await recall(id);
    if (!hasWork()) return;
    if (Date.now() < notBefore) return later(notBefore - Date.now());
    try {
      await bring(id);
      failures = 0;
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
      halt(error);
    }
  }

  /** @param {Refused | Unreachable} error */
  function halt(error) {
    if (error instanceof Refused && error.problem.status === 401) {
      standing.value = "out";
      return;
    }
    if (takeArrived()) failures = 0;
    const asked = error instanceof Refused ? askedToWait(error) : 0;
    if (asked) notBefore = Date.now() + asked;
    const pause = wait(failures, Math.random(), asked);
    failures += 1;
    later(pause);
  }

  /**
   * Another pass by itself after so many milliseconds.
   * @param {number} pause
   */
  function later(pause) {
    nextTry.value = Date.now() + pause;
    clearTimeout(timer);
    timer = setTimeout(() => void flush({ by: "timer" }), pause);
    /** @type {{unref?: () => void}} */ (/** @type {unknown} */ (timer)).unref?.();
  }

  /** Another pass right after the one that runs. */
  const onceMore = () => void (wanted = true);

  return { nextTry, flush, later, onceMore };
}

/**
 * Whether a row is to be sent in a pass; one that waits for a person is not.
 * @param {{state: string}} row
 */
export function isDue({ state }) {
  return state === "waiting" || state === "sending" || state === "sign_in";
}

/**
 * Where a row that could not be delivered goes, and what the server said.
 * @param {unknown} error
 */
export function setback(error) {
  const problem = error instanceof Refused ? error.problem : null;
  const verdict = problem ? verdictOn(problem) : "again";
  return { problem, state: verdict === "again" ? /** @type {const} */ ("waiting") : verdict };
}
