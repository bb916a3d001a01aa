/** @import {SlotRow} from "../types.js" */
import { photoOf, smallOf } from "./photos.js";

/**
 * A photo small. Undefined for one another phone took: only quality control sees those again.
 * @param {SlotRow} slot
 */
export function thumbOf({ sha256 }) {
  return smallOf(sha256);
}

/**
 * A photo as large as this phone still has it.
 * @param {SlotRow} slot
 */
export async function pictureOf({ sha256 }) {
  const photo = await photoOf(sha256);
  return photo?.bytes ?? photo?.thumb;
}
