/** @import {InboxMessage} from "../types.js" */
import { computed, effect, signal } from "../../vendor/signals-core.js";
import { factOf, keepFact } from "../store/facts.js";
import { ask } from "./api.js";
import { keptList } from "./kept_list.js";
import { unread } from "./noted.js";

const kept = /** @type {ReturnType<typeof keptList<InboxMessage>>} */ (
  keptList("messages", "/api/inbox")
);

export const inboxFetching = kept.fetching;

/** Read on this phone; the server does not know yet. */
const readHere = signal(/** @type {readonly string[]} */ ([]));
const READ = "messages-read";
/** As many as the server takes at once. */
const MOST_TOLD = 200;

/** What this person was told, what was not read first; null: nothing is known yet. */
export const inbox = computed(() => {
  const listed = kept.list.value?.data;
  const read = readHere.value;
  return listed
    ? listed.map((one) => (read.includes(one.id) ? { ...one, read: true } : one))
    : null;
});

effect(() => {
  unread.value = inbox.value?.filter(({ read }) => !read).length ?? 0;
});

/** @param {string} account */
export async function recallInbox(account) {
  readHere.value = /** @type {string[] | undefined} */ (await factOf(account, READ)) ?? [];
  await kept.recall(account);
}

/**
 * Tells the server what was read here, and fetches what is new.
 * @param {string} account
 */
export async function refreshInbox(account) {
  const told = readHere.peek().slice(0, MOST_TOLD);
  if (told.length) await ask("PUT", "/api/inbox/read", { json: { messages: told } });
  await kept.refresh(account);
  if (told.length)
    await note(
      account,
      readHere.peek().filter((id) => !told.includes(id)),
    );
}

/**
 * Takes messages as read: here at once, at the server as soon as it is reached.
 * @param {string} account
 * @param {readonly string[]} ids
 */
export async function readMessages(account, ids) {
  const unreadStill = inbox.peek()?.filter(({ read }) => !read) ?? [];
  const fresh = unreadStill.map(({ id }) => id).filter((id) => ids.includes(id));
  if (!fresh.length) return;
  await note(account, [...readHere.peek(), ...fresh]);
  await refreshInbox(account).catch(() => undefined);
}

/**
 * @param {string} account
 * @param {readonly string[]} ids
 */
async function note(account, ids) {
  readHere.value = ids;
  await keepFact(account, READ, ids.length ? ids : undefined);
}
