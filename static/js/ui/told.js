import { say } from "../wording/say.js";
import { toast } from "./toast.js";

/**
 * Work the screen does not wait for: where it fails, that is said.
 * @param {Promise<unknown>} work
 */
export async function told(work) {
  await work.catch(() => toast({ icon: "alert", message: say("storage.not_done") }));
}
