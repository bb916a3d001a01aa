import { account } from "../../sync/session.js";
import { signFor } from "../../sync/signing.js";
import { online } from "../../sync/link.js";
import { go, route } from "../../ui/route.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

/**
 * Signs for a notice and opens it. Without a network the signature waits on the phone, and that is said.
 * @param {{id: string, number: string}} notice
 */
export async function signAndLook(notice) {
  const id = account.peek()?.id;
  if (!id) return;
  try {
    await signFor(id, notice);
  } catch {
    return toast({ icon: "alert", message: say("store.not_signed") });
  }
  if (route.peek().visit !== notice.id) go(`#/notices/${notice.id}/notice`);
  const key = online.peek() ? "store.signed_now" : "store.signed_later";
  toast({ icon: online.peek() ? "check" : "pending", message: say(key) });
}
