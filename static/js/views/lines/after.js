/** @import {ToldReply} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { account } from "../../sync/session.js";
import { keptPicture } from "../../sync/verdict_pictures.js";
import { picture } from "../../ui/thumb.js";
import { say } from "../../wording/say.js";

/**
 * The photos of one's own reply, once there are clean copies of them.
 * @param {ToldReply} reply
 */
export function afterPhotos({ id, photos = [] }) {
  const me = account.peek()?.id ?? "";
  const ready = photos.filter((photo) => photo.ready).map(({ k }) => k);
  return ready.length
    ? html`<span class="photos"
        >${ready.map((k) => tile(me, `/replies/${id}/photos/${k}.jpg`, k))}</span
      >`
    : nothing;
}

/** @param {string} me @param {string} path @param {number} k */
function tile(me, path, k) {
  const words = say("line.after_photo", { n: k });
  return html`<span class="photo">${picture(path, () => keptPicture(me, path), words)}</span>`;
}
