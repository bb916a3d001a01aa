/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
/** @import {Small} from "./shrinking.js" */
import { toSend } from "../model/upload_row.js";
import { nextPosition } from "../store/open_draft.js";
import { keepPhoto } from "../store/photos.js";
import { sha256 } from "./hashing.js";
import { flush } from "./outbox.js";
import { shrunk } from "./shrink.js";
import { PictureFault } from "./shrinking.js";

/** What a marked-up copy has from its original. @typedef {{marked_from: string, taken_at: string}} Marked */

/** @type {Promise<unknown>} */
let line = Promise.resolve();

/**
 * Does something once all photos on their way are kept, and before any that come later. One after the other, each
 * photo finds its own place at its item, and none lands beside a visit that was submitted meanwhile.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(work) {
  const next = line.then(work);
  line = next.catch(() => undefined);
  return next;
}

/**
 * Shrinks a photo, keeps it at its item and starts sending it. Resolves once it is safely on the phone;
 * throws `PictureFault`, or the storage's own error.
 * @param {OpenDraft} draft
 * @param {string} item "" while nobody said which item it shows
 * @param {File} file
 * @param {SlotRow["origin"]} origin
 * @param {Marked} [marked]
 * @returns {Promise<SlotRow>}
 */
export function addPhoto(draft, item, file, origin, marked) {
  const facts = { item, origin, ...(marked ?? { taken_at: takenAt(file, origin) }) };
  return inTurn(async () => keep(draft, facts, await shrunk(file)));
}

/**
 * @param {OpenDraft} draft
 * @param {Pick<SlotRow, "item" | "origin" | "taken_at" | "marked_from">} facts
 * @param {Small} small
 */
async function keep(draft, facts, { bytes, thumb, width, height }) {
  if (!draft.isOpen.peek()) throw new PictureFault("submitted");
  const hash = await sha256(bytes);
  const slots = draft.slots.peek();
  const { id: visit, account } = draft.visit.peek();
  // The same picture chosen twice is one picture.
  const known = slots.find((slot) => slot.item === facts.item && slot.sha256 === hash);
  if (known) return known;
  const position = nextPosition(slots, facts.item);
  const size = bytes.byteLength;
  /** @type {SlotRow} */
  const slot = { format: 1, visit, ...facts, position, sha256: hash, size, width, height };
  await keepPhoto({
    slot,
    photo: { format: 1, sha256: hash, bytes, thumb },
    upload: toSend({ sha256: hash, account, visit, size }),
  });
  draft.added(slot);
  void flush();
  return slot;
}

/** Before this no phone took photos: the file has lost its date. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * @param {File} file
 * @param {SlotRow["origin"]} origin
 */
function takenAt(file, origin) {
  const dated = origin === "gallery" && file.lastModified > EARLIEST;
  return new Date(dated ? file.lastModified : Date.now()).toISOString();
}
