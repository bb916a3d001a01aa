/** @import {ToldVerdict} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { account } from "../../sync/session.js";
import { verdictPicture } from "../../sync/verdict_pictures.js";
import { picture } from "../../ui/thumb.js";
import { say } from "../../wording/say.js";

/**
 * What a look at the store showed, as far as the desk lets the store see it.
 * @param {ToldVerdict} verdict
 */
export function lookedPhotos(verdict) {
  const { photos = [] } = verdict;
  const id = account.peek()?.id ?? "";
  return photos.length
    ? html`<span class="photos">${photos.map((k) => tile(id, verdict, k))}</span>`
    : nothing;
}

/** @param {string} id @param {ToldVerdict} verdict @param {number} k */
function tile(id, verdict, k) {
  const words = say("line.looked_photo", { n: k });
  return html`<span class="photo"
    >${picture(`${verdict.id}/${k}`, () => verdictPicture(id, verdict, k), words)}</span
  >`;
}
