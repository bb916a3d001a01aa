import { signal } from "../../vendor/signals-core.js";

/** What first screens say of things that are fetched later. */

/** Lines somebody has begun to write about: `notice/line`. */
export const draftedLines = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** What a store looks at itself this week, and what of it is left; null: nothing. */
export const selfCheck = signal(/** @type {{n: number, left: number} | null} */ (null));

/** How many messages were not read yet; a hundred stands for more. */
export const unread = signal(0);
