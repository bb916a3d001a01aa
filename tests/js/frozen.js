import { seal } from "../../static/js/store/outbox.js";
import { keepPhoto } from "../../static/js/store/photos.js";
import { sha256 } from "../../static/js/sync/hashing.js";
import { LI, VISIT, outboxRow, slot, visit } from "./makers.js";

/**
 * A photo of its own content, kept on the phone.
 * @param {number} size
 */
export async function photograph(size) {
  const bytes = /** @type {ArrayBuffer} */ (
    Uint8Array.from({ length: size }, (_, at) => (at * 7 + size) % 251).buffer
  );
  const hash = await sha256(bytes);
  const upload = { sha256: hash, account: LI, visit: VISIT, size, offset: 0, problem: "" };
  await keepPhoto({
    slot: slot("KC-E-01", { sha256: hash, size }),
    photo: { format: 1, sha256: hash, bytes, thumb: bytes },
    upload: { format: 1, ...upload, state: "waiting" },
  });
  return hash;
}

/**
 * A visit frozen with these photos.
 * @param {string[]} photos
 * @param {string} [id]
 * @param {number} [attempt]
 */
export async function sealed(photos, id = VISIT, attempt = 1) {
  const said = { visit: id, attempt, photos: photos.map((one) => ({ sha256: one })) };
  const body = /** @type {ArrayBuffer} */ (new TextEncoder().encode(JSON.stringify(said)).buffer);
  const content_hash = await sha256(body);
  await seal(
    visit({ id, attempt, state: "sealed" }),
    outboxRow({ visit: id, attempt, body, content_hash, photos }),
  );
}
