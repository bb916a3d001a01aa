import { computed, effect, signal } from "../../vendor/signals-core.js";
import { lostItems, weekOf } from "../model/self_check.js";
import { factOf, keepFact } from "../store/facts.js";
import { selfCheck } from "./noted.js";
import { serverNow } from "./server_now.js";
import { noticesHere } from "./store_notices.js";

/** What a store looks at itself, week by week. It stays on this phone and counts for nothing. */

/** @typedef {"good" | "bad"} Mark */
/** @typedef {{week: string, marks: Readonly<Record<string, Mark>>}} Kept */

const NAME = "self-check";
const kept = signal(/** @type {Kept} */ ({ week: "", marks: {} }));
const week = computed(() => weekOf(serverNow.value));

export const checkItems = computed(() =>
  lostItems([...noticesHere.value.values()].map(({ notice }) => notice)),
);

/** What was noted this week, by item; a new week begins anew. */
export const checkMarks = computed(() => (kept.value.week === week.value ? kept.value.marks : {}));

effect(() => {
  const items = checkItems.value;
  const left = items.filter(({ line }) => !checkMarks.value[line.item]).length;
  selfCheck.value = items.length ? { n: items.length, left } : null;
});

/** @param {string} account */
export async function recallCheck(account) {
  const known = /** @type {Kept | undefined} */ (await factOf(account, NAME));
  kept.value = known ?? { week: "", marks: {} };
}

/**
 * @param {string} account
 * @param {string} item
 * @param {Mark} mark
 */
export async function markItem(account, item, mark) {
  kept.value = { week: week.peek(), marks: { ...checkMarks.peek(), [item]: mark } };
  await keepFact(account, NAME, kept.peek());
}
