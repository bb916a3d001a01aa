/** @import {PhotoRow, SlotRow} from "../types.js" */
import { photoOf, smallOf } from "./photos.js";

/** @type {(sha256: string) => Promise<PhotoRow | undefined>} */
let elsewhere = async () => undefined;

/** @param {(sha256: string) => Promise<PhotoRow | undefined>} fetcher where a photo comes from that is not here */
export function fetchWhenAbsent(fetcher) {
  elsewhere = fetcher;
}

/**
 * A photo small, fetched when it is shown first. Undefined where nobody has it for us.
 * @param {SlotRow} slot
 */
export async function thumbOf({ sha256 }) {
  return (await smallOf(sha256)) ?? (await elsewhere(sha256))?.thumb;
}

/**
 * A photo as large as there is one.
 * @param {SlotRow} slot
 */
export async function pictureOf({ sha256 }) {
  const photo = (await photoOf(sha256)) ?? (await elsewhere(sha256));
  return photo?.bytes ?? photo?.thumb;
}
