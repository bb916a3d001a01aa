/** @import {Doc, Report} from "./types.js" */
/** @import {Editor} from "./editor.js" */
/** @import {Outcome} from "./server.js" */
import { effect, untracked } from "../../vendor/signals-core.js";
import { reportOf } from "./server.js";
import { arrived, failed, isDue, overtaken } from "./model/keeping.js";

/** @typedef {{read: () => Promise<Outcome>, keep: (document: Doc, seen: Report["seen"]) => Promise<Outcome>}} Keeper */
/** @typedef {ReturnType<typeof import("./here.js").keptHere>} Here */
/** @typedef {{tell: (report: Report) => void, listen: (hear: (report: Report) => void) => void}} Windows */

/** Where there are no other windows. @type {Windows} */
const ALONE = { tell: () => undefined, listen: () => undefined };

/** Who saved, for the other windows of the same person. */
const YOU = { changed_by: "", changed_by_you: true };

const PAUSE = 800;
const RETRY = 5000;

/**
 * Keeps what is typed: in this browser at once, with the server as soon as there is a pause. One request at a
 * time; what changes meanwhile follows.
 * @param {Editor} editor
 * @param {Keeper} server
 * @param {Here} here
 * @param {Windows} [windows]
 * @returns {{now: () => Promise<void>}}
 */
export function keepSaving(editor, server, here, windows = ALONE) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<void> | null} */
  let running = null;

  const later = (/** @type {number} */ pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => void now(), pause);
  };

  async function send() {
    const before = editor.kept.peek();
    if (!isDue(before)) return;
    const sent = editor.draft.peek();
    editor.kept.value = { ...before, state: "saving", sent };
    const outcome = await server.keep(sent, before.seen);
    await apply(editor, server, sent, outcome);
    const { state, seen, at, base } = editor.kept.peek();
    if (outcome.kind === "done" && state !== "conflict")
      windows.tell({
        ...YOU,
        document: base,
        seen,
        faults: [...editor.faults.peek()],
        changed_at: at,
      });
  }

  windows.listen((report) => editor.heard(report));

  async function now() {
    clearTimeout(timer);
    if (!running)
      running = send().finally(() => {
        running = null;
        const kept = editor.kept.peek();
        if (isDue(kept)) later(kept.state === "changed" ? PAUSE : RETRY);
      });
    await running;
  }

  effect(() => {
    const draft = editor.draft.value;
    const { state, seen, sent = null } = editor.kept.value;
    untracked(() => {
      if (state === "saved") here.forget();
      else here.keep({ seen, sent, document: draft, at: new Date().toISOString() });
      if (state === "changed") later(PAUSE);
    });
  });
  return { now };
}

/**
 * @param {Editor} editor
 * @param {Keeper} server
 * @param {Doc} sent
 * @param {Outcome} outcome
 */
async function apply(editor, server, sent, outcome) {
  const kept = editor.kept.peek();
  if (outcome.kind === "done") {
    const { seen, faults } = outcome.body;
    const changed_at = new Date().toISOString();
    editor.told(faults);
    editor.kept.value = arrived(kept, sent, editor.draft.peek(), { seen, changed_at });
  } else if (outcome.kind === "changed") await compare(editor, server, outcome.problem);
  else {
    const problem = "problem" in outcome ? outcome.problem : "";
    editor.kept.value = failed(kept, outcome.kind, problem);
  }
}

/**
 * Somebody else was faster: fetches theirs, to be shown beside ours.
 * @param {Editor} editor
 * @param {Keeper} server
 * @param {string} problem
 */
async function compare(editor, server, problem) {
  const theirs = await server.read();
  const kept = editor.kept.peek();
  editor.kept.value =
    theirs.kind === "done"
      ? { ...overtaken(kept, reportOf(theirs.body), editor.draft.peek()), problem }
      : failed(kept, theirs.kind === "closed" ? "closed" : "offline");
}
