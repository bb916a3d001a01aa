/** @import {PhotoIn} from "../types.js" */

/**
 * Where the photos stand that no clean copy could be made of: the item, and which of its photos, from 1.
 * @param {readonly PhotoIn[]} photos
 * @param {readonly string[]} refused
 * @returns {{item: string, number: number}[]}
 */
export function unusablePlaces(photos, refused) {
  return photos
    .filter((photo) => refused.includes(photo.sha256))
    .map(({ item, position }) => ({ item, number: position + 1 }));
}
