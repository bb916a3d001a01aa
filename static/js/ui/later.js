import { say } from "../wording/say.js";
import { toast } from "./toast.js";

/**
 * A part of the app that is fetched when it is first wanted; undefined where it cannot be had, which is said.
 * @template T
 * @param {Promise<T>} part
 * @returns {Promise<T | undefined>}
 */
export async function later(part) {
  try {
    return await part;
  } catch {
    toast({ icon: "alert", message: say("app.absent") });
    return undefined;
  }
}
