import { signal } from "../../vendor/signals-core.js";

/** Whether the browser promised not to clear our storage by itself; null: it cannot say. */
export const persistent = signal(/** @type {boolean | null} */ (null));

/** Looks whether it did. */
export async function checkPersistence() {
  persistent.value = (await navigator.storage?.persisted?.()) ?? null;
}

/** Asks for the promise; worth asking once there is something to lose. */
export async function askForPersistence() {
  persistent.value = (await navigator.storage?.persist?.()) ?? null;
}
