/** @import {SlotRow} from "../types.js" */
/** @import {OpenDraft} from "../store/open_draft.js" */
import { nextPosition } from "../store/open_draft.js";
import { keepPhoto } from "../store/photos.js";
import { sha256 } from "./hashing.js";
import { flush } from "./outbox.js";
import { shrunk } from "./shrink.js";

/**
 * Shrinks a photo, keeps it at its item and starts sending it. Resolves once it is safely on the phone;
 * throws `NotAPicture`, or the storage's own error.
 * @param {OpenDraft} draft
 * @param {string} item "" while nobody said which item it shows
 * @param {File} file
 * @param {SlotRow["origin"]} origin
 */
export async function addPhoto(draft, item, file, origin) {
  const small = await shrunk(file);
  const hash = await sha256(small.bytes);
  const slots = draft.slots.peek();
  // The same picture chosen twice is one picture.
  if (slots.some((slot) => slot.item === item && slot.sha256 === hash)) return;
  const visit = draft.visit.peek();
  const size = small.bytes.byteLength;
  const taken_at = takenAt(file, origin);
  const place = {
    format: /** @type {const} */ (1),
    visit: visit.id,
    item,
    position: nextPosition(slots, item),
  };
  const slot = {
    ...place,
    sha256: hash,
    size,
    width: small.width,
    height: small.height,
    origin,
    taken_at,
  };
  const { bytes, thumb } = small;
  const rest = { offset: 0, state: /** @type {const} */ ("waiting"), problem: "" };
  await keepPhoto({
    slot,
    photo: { format: 1, sha256: hash, bytes, thumb },
    upload: { format: 1, sha256: hash, account: visit.account, visit: visit.id, size, ...rest },
  });
  draft.added(slot);
  void flush();
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
