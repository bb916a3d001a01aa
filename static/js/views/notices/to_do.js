import { computed } from "../../../vendor/signals-core.js";
import { counts } from "../../model/store_notice.js";
import { serverNow } from "../../sync/server_now.js";
import { noticesHere } from "../../sync/store_notices.js";

/** What the store has to do over all its notices, and how many things that are. */
export const toDo = computed(() => {
  const all = [...noticesHere.value.values()].map(({ notice }) => notice);
  const found = counts(all, serverNow.value);
  return { ...found, n: found.open + found.returned + found.overdue };
});
