/** @import {Account, Language, SessionOut} from "../types.js" */
import { computed, signal } from "../../vendor/signals-core.js";
import { forgetMeta, readMeta, writeMeta } from "../store/meta.js";
import { erase } from "../store/purge.js";
import { Refused, ask, carry, renewWith, whenRevoked } from "./api.js";
import { hearOthers, tellOthers } from "./windows.js";

/** The person this phone works for: the last one who signed in, also without a network. */
export const account = signal(/** @type {Account | null} */ (null));

/** Whether the server knows us: not asked yet, yes, or it wants the password again. */
export const standing = signal(/** @type {"unknown" | "in" | "out"} */ ("unknown"));

export const inspecting = computed(() => account.value?.role === "inspector");

/** Who worked here last, before anything is asked of the network. */
export async function restoreSession() {
  const kept = /** @type {SessionOut | undefined} */ (await readMeta("session"));
  if (!kept) return;
  carry(kept.csrf_token);
  account.value = kept.account;
}

/** Asks the server who we are. A 401 leaves the person's work open and asks for the password. */
export async function checkSession() {
  try {
    await enter(await ask("GET", "/api/session"));
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) standing.value = "out";
    else throw error;
  }
}

/**
 * @param {string} name
 * @param {string} password
 */
export async function signIn(name, password) {
  await enter(await ask("POST", "/api/sessions", { json: { sign_in: name, password } }));
}

/**
 * Remembers the language on the account, for what the server says.
 * @param {Language} language
 */
export async function chooseLanguage(language) {
  await enter(await ask("PUT", "/api/session/language", { json: { language } }));
}

/** Ends the session on the server, then here. */
export async function signOut() {
  try {
    await ask("DELETE", "/api/session");
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 401)) throw error;
  }
  await leave();
}

async function leave() {
  await forgetMeta("session");
  account.value = null;
  standing.value = "out";
  tellOthers("session");
}

/** The account was closed or its phone reported lost: whatever this phone holds of it becomes unreadable. */
async function revoke() {
  const id = account.peek()?.id;
  if (id) await erase(id);
  await leave();
}

/** @param {{data: unknown}} reply */
async function enter({ data }) {
  const session = /** @type {SessionOut} */ (data);
  const another = account.peek()?.id !== session.account.id;
  carry(session.csrf_token);
  account.value = session.account;
  standing.value = "in";
  await writeMeta("session", session);
  if (another) tellOthers("session");
}

/** Fetches the token again; resolves to whether it is still the same person's. */
async function renewed() {
  const before = account.peek()?.id;
  await checkSession();
  return account.peek()?.id === before;
}

/** All windows share the browser's one session: none goes on in the name of who has left. */
async function follow() {
  if (await readMeta("session")) return checkSession();
  account.value = null;
  standing.value = "out";
}

renewWith(renewed);
whenRevoked(revoke);
hearOthers(() => void follow().catch(() => undefined), "session");
