import { deleteDB } from "../../static/vendor/idb.js";
import { close } from "../../static/js/store/database.js";
import { forget } from "../../static/js/store/vault.js";
import { flush } from "../../static/js/sync/outbox.js";
import { account, standing } from "../../static/js/sync/session.js";
import { LI } from "./makers.js";

/**
 * A browser that knows nothing, and who signed in on it.
 * @param {string} [id]
 */
export async function signedIn(id = LI) {
  await close();
  await deleteDB("mingcha");
  forget();
  account.value = { id, name: "李", role: "inspector", pseudonym: null, language: "zh-CN" };
  standing.value = "in";
}

/** The phone is put away; what the server asked of it is forgotten. */
export async function signedOut() {
  account.value = null;
  await flush();
  await close();
}
