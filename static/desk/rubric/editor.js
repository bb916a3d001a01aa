/** @import {Doc, Fault, Path, Report, Spot} from "./types.js" */
/** @import {Kept, KeptHere} from "./model/keeping.js" */
/** @import {Shaped} from "./model/shaping.js" */
import { signal } from "../../vendor/signals-core.js";
import { changedHere, heard, settled, takenUp } from "./model/keeping.js";
import { NO_PAST, redone, remembered, undone } from "./model/past.js";
import { changed } from "./model/shaping.js";
import { standing } from "./model/sums.js";

/** What is shown beside the items: the chosen item, its section, or what belongs to the whole card.
 * @typedef {"item" | "section" | "card"} Panel */

/** @typedef {ReturnType<typeof createEditor>} Editor */

/**
 * A draft on the screen: what it says now, what was chosen, and every step back and forth.
 * @param {string} id
 * @param {Report} report as the server has it
 * @param {KeptHere | null} here as this browser kept it
 */
export function createEditor(id, report, here) {
  const start = takenUp(report, here);
  const draft = signal(start.document);
  const kept = signal(start.kept);
  const faults = signal(/** @type {readonly Fault[]} */ (report.faults));
  const spot = signal(/** @type {Spot} */ (firstSpot(start.document)));
  const panel = signal(/** @type {Panel} */ ("item"));
  const past = signal(NO_PAST);
  /** The last draft that added up: what is wrong with a sum is told against it. */
  const balanced = signal(standing(report.document).exact ? report.document : null);

  const moment = () => ({ document: draft.peek(), at: spot.peek() });

  /** @param {Doc} next */
  function become(next) {
    draft.value = next;
    kept.value = changedHere(kept.peek(), next);
    if (standing(next).exact) balanced.value = next;
  }

  /** @param {ReturnType<typeof undone>} step */
  function travel(step) {
    if (!step) return false;
    past.value = step.past;
    spot.value = step.moment.at;
    become(step.moment.document);
    return true;
  }

  return {
    id,
    draft,
    kept,
    faults,
    spot,
    panel,
    past,
    balanced,
    /** The sections as they were when the page was opened: what is new since then is marked. */
    opened: report.document.sections ?? [],

    /**
     * @param {Path} path
     * @param {unknown} value
     * @param {boolean} [typing] one of many changes of the same field
     */
    change(path, value, typing = false) {
      past.value = remembered(past.peek(), moment(), typing ? path.join("/") : "", Date.now());
      become(changed(draft.peek(), path, value));
    },

    /**
     * A change of the whole shape, and what it leaves chosen.
     * @param {(draft: Doc) => Shaped} work
     */
    shape(work) {
      past.value = remembered(past.peek(), moment(), "", Date.now());
      const next = work(draft.peek());
      spot.value = next.at;
      become(next.document);
    },

    undo: () => travel(undone(past.peek(), moment())),
    redo: () => travel(redone(past.peek(), moment())),

    /**
     * @param {Spot} chosen
     * @param {Panel} [shown]
     */
    choose(chosen, shown = chosen.item === null ? "section" : "item") {
      spot.value = chosen;
      panel.value = shown;
    },

    /** @param {readonly Fault[]} found by the server in what it has now */
    told(found) {
      faults.value = found;
    },

    /** @param {Report} saved by another window of the same person */
    heard(saved) {
      const next = heard(kept.peek(), saved, draft.peek());
      if (next.document !== draft.peek()) {
        past.value = remembered(past.peek(), moment(), "", Date.now());
        faults.value = saved.faults;
        draft.value = next.document;
      }
      kept.value = next.kept;
    },

    /** @param {Doc} chosen one of two versions, from now on built upon theirs */
    settle(chosen) {
      past.value = remembered(past.peek(), moment(), "", Date.now());
      const theirs = kept.peek().theirs;
      kept.value = settled(kept.peek(), chosen);
      if (theirs) faults.value = theirs.faults;
      draft.value = chosen;
    },
  };
}

/** @param {Doc} draft @returns {Spot} */
function firstSpot(draft) {
  return { section: 0, item: draft.sections?.[0]?.items?.length ? 0 : null };
}
