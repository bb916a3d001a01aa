/** @import {CaptureRow} from "../../types.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { signal, untracked } from "../../../vendor/signals-core.js";
import { MOST_REMARKS, itemOf, newCapture, timeline } from "../../model/capture.js";
import { capturesOf, dropCapture, keepCapture } from "../../store/captures.js";
import { newId } from "../../sync/hashing.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/** @typedef {import("../../../vendor/signals-core.js").Signal<readonly CaptureRow[]>} Shelf */

/** What was noted during the visit lying open, read once for each time it is taken up. @type {WeakMap<OpenDraft, Shelf>} */
const shelves = new WeakMap();

/** @param {OpenDraft} draft */
function shelfOf(draft) {
  const known = shelves.get(draft);
  if (known) return known;
  const made = signal(/** @type {readonly CaptureRow[]} */ ([]));
  shelves.set(draft, made);
  void fill(draft, made);
  return made;
}

/**
 * @param {OpenDraft} draft
 * @param {Shelf} shelf
 */
async function fill(draft, shelf) {
  const { account, id } = draft.visit.peek();
  const kept = await capturesOf(account, id).catch(() => []);
  const since = shelf.peek();
  const newer = new Set(since.map((one) => one.id));
  shelf.value = [...kept.filter((one) => !newer.has(one.id)), ...since];
}

/**
 * @param {OpenDraft} draft
 * @returns {readonly CaptureRow[]}
 */
export function captures(draft) {
  return untracked(() => shelfOf(draft)).value;
}

/**
 * Everything noted so far, in the order it was seen.
 * @param {OpenDraft} draft
 */
export function seenSoFar(draft) {
  const { id, account } = draft.visit.peek();
  return timeline(captures(draft), draft.slots.value, { visit: id, account });
}

/**
 * What nobody has put with an item; a photo among it holds up the submission, the rest goes along as remarks.
 * @param {OpenDraft} draft
 */
export function unplaced(draft) {
  return seenSoFar(draft).filter((one) => !itemOf(one, draft.slots.value));
}

/**
 * Notes something down. Undefined where there is too much already, which is said.
 * @param {OpenDraft} draft
 * @param {{kind: CaptureRow["kind"]} & Partial<CaptureRow>} facts
 * @returns {CaptureRow | undefined}
 */
export function noteDown(draft, facts) {
  if (!draft.isOpen.peek()) return undefined;
  if (unplaced(draft).length >= MOST_REMARKS) {
    toast({ icon: "alert", message: say("cap.too_many", { n: MOST_REMARKS }) });
    return undefined;
  }
  const { id, account } = draft.visit.peek();
  const made = newCapture({
    id: newId(),
    visit: id,
    account,
    at: new Date().toISOString(),
    ...facts,
  });
  keep(draft, made);
  return made;
}

/**
 * Keeps a capture as it is now, in memory at once and in the database as soon as it can be.
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 */
export function keep(draft, capture) {
  const shelf = shelfOf(draft);
  const others = shelf.peek().filter((one) => one.id !== capture.id);
  shelf.value = [...others, capture];
  told(draft, keepCapture(capture));
}

/**
 * @param {OpenDraft} draft
 * @param {CaptureRow} capture
 */
export function drop(draft, capture) {
  const shelf = shelfOf(draft);
  shelf.value = shelf.peek().filter((one) => one.id !== capture.id);
  told(draft, dropCapture(capture));
}

/**
 * The draft counts it as a change, so that its copy on the server follows.
 * @param {OpenDraft} draft
 * @param {Promise<unknown>} kept
 */
function told(draft, kept) {
  kept.then(
    () => draft.put([]),
    () => toast({ icon: "alert", message: say("cap.not_kept") }),
  );
}

/**
 * Only ever one stopwatch of a kind runs: for an item, or for none.
 * @param {OpenDraft} draft
 * @param {string} [item]
 */
export function runningWatch(draft, item = "") {
  return captures(draft).find(
    (one) => one.kind === "watch" && !one.stopped_at && one.item === item,
  );
}
