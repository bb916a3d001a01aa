/** @import {Account, Language, SessionOut} from "../types.js" */
import { computed, signal } from "../../vendor/signals-core.js";
import { forgetMeta, readMeta, writeMeta } from "../store/meta.js";
import { destroyKey, forget, isLocked } from "../store/vault.js";
import { Refused, ask, carry, renewWith, whenRevoked } from "./api.js";
import { hearOthers, tellOthers } from "./windows.js";

/** The person this phone works for: the last one who signed in, also without a network. */
export const account = signal(/** @type {Account | null} */ (null));

/** Whose content waits for its PIN: known to this phone, but nothing of theirs is open. */
export const locked = signal(/** @type {Account | null} */ (null));

/** Whether the server knows us: not asked yet, yes, or it wants the password again. */
export const standing = signal(/** @type {"unknown" | "in" | "out"} */ ("unknown"));

/**
 * Whether nobody else signed in meanwhile: nothing of one person travels in the name of another.
 * @param {string} id
 */
export function isStill(id) {
  return account.peek()?.id === id;
}

/** Who works with this app; everybody else does on the pages. */
const ROLES = ["inspector", "store_staff"];
export const welcome = computed(() => ROLES.includes(account.value?.role ?? ""));

/** @type {() => Promise<void>} */
let startAnew = async () => forget();

/** @param {() => Promise<void>} reload how this page forgets everything it showed and remembers */
export function startAnewWith(reload) {
  startAnew = reload;
}

/** Who worked here last, before anything is asked of the network. */
export async function restoreSession() {
  const kept = /** @type {SessionOut | undefined} */ (await readMeta("session"));
  if (!kept) return;
  last = kept;
  carry(kept.csrf_token);
  await admit(kept.account);
}

/**
 * Opens the app for a person, or the lock in front of it.
 * @param {Account} person
 */
async function admit(person) {
  const shut = account.peek()?.id !== person.id && (await isLocked(person.id).catch(() => false));
  locked.value = shut ? person : null;
  account.value = shut ? null : person;
}

/** Goes on after the PIN. */
export function letIn() {
  account.value = locked.peek();
  locked.value = null;
}

/**
 * Asks the server who we are. A 401 leaves the person's work open and asks for the password. An answer older than a
 * sign-in or a sign-out that came between says nothing any more.
 */
export async function checkSession() {
  const before = last;
  const session = await visitor();
  if (last !== before) return;
  if (session) await enter({ data: session });
  else standing.value = "out";
}

async function visitor() {
  try {
    const { data } = await ask("GET", "/api/visitor");
    return /** @type {{session: SessionOut | null}} */ (data).session;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  }
}

/**
 * @param {string} name
 * @param {string} password
 * @param {string} [code] for who has a second step
 */
export async function signIn(name, password, code = "") {
  await enter(await ask("POST", "/api/sessions", { json: { sign_in: name, password, code } }));
}

/**
 * Remembers the language on the account, for what the server says.
 * @param {Language} language
 */
export async function chooseLanguage(language) {
  await enter(await ask("PUT", "/api/session/language", { json: { language } }));
}

/**
 * Signs in again because the PIN is forgotten. Only after the server accepted the password is what lay behind
 * the PIN given up.
 * @param {string} name
 * @param {string} password
 * @param {string} [code]
 */
export async function signInWithoutPin(name, password, code = "") {
  const reply = await ask("POST", "/api/sessions", { json: { sign_in: name, password, code } });
  const { id } = /** @type {SessionOut} */ (reply.data).account;
  if (locked.peek()?.id === id) await eraseAll(id);
  await keep(reply);
  // A window that still has the key must not go on writing with it.
  tellOthers("lock");
  await startAnew();
  await admit(/** @type {SessionOut} */ (reply.data).account);
}

/** Ends the session on the server, then takes everything of this person off the phone. */
export async function signOut() {
  try {
    await ask("DELETE", "/api/session");
  } catch (error) {
    if (!(error instanceof Refused && error.problem.status === 401)) throw error;
  }
  await leave();
}

/**
 * What this phone holds of the person becomes unreadable at once, and is gone right after. Whatever of it fails,
 * nobody is shown anything more.
 */
async function leave() {
  const id = known()?.id;
  last = undefined;
  try {
    if (id) await destroyKey(id);
    if (id) await eraseAll(id);
  } finally {
    await Promise.allSettled([forgetMeta("session"), wipeAll()]);
    tellOthers("session");
    await showNobody();
  }
}

async function wipeAll() {
  const { wipeTraces } = await import("./traces.js");
  await wipeTraces();
}

async function showNobody() {
  await startAnew();
  account.value = null;
  locked.value = null;
  standing.value = "out";
}

/**
 * Fetched when somebody leaves at last; the app behind the sign-in has it from its first minute.
 * @param {string} id
 */
async function eraseAll(id) {
  const { erase } = await import("../store/purge.js");
  await erase(id);
}

/** The account was closed or its phone reported lost. Where nobody is known, there is nothing to take away. */
async function revoke() {
  if (known()) await leave();
}

function known() {
  return account.peek() ?? locked.peek();
}

/** @param {{data: unknown}} reply */
async function enter(reply) {
  const { account: person } = /** @type {SessionOut} */ (reply.data);
  const before = known()?.id;
  await keep(reply);
  if (before !== person.id) tellOthers("session");
  // Another person's screen is never drawn with what the one before left in memory.
  if (before && before !== person.id) await startAnew();
  await admit(person);
}

/** What the server last said about the session, to be kept again should the phone lose it. */
let last = /** @type {SessionOut | undefined} */ (undefined);

/** Keeps who is signed in once more. */
export async function rememberSession() {
  if (last && account.peek()?.id === last.account.id) await writeMeta("session", last);
}

/** @param {{data: unknown}} reply */
async function keep({ data }) {
  const session = /** @type {SessionOut} */ (data);
  last = session;
  carry(session.csrf_token);
  standing.value = "in";
  // Storage refused: the session lasts as long as the page.
  await writeMeta("session", session).catch(() => undefined);
}

/** Fetches the token again; resolves to whether it is still the same person's. */
async function renewed() {
  const before = known()?.id;
  await checkSession();
  return known()?.id === before;
}

/** All windows share the browser's one session: none goes on in the name of who has left. */
async function follow() {
  if (await readMeta("session")) return checkSession();
  await showNobody();
}

renewWith(renewed);
whenRevoked(revoke);
hearOthers(() => void follow().catch(() => undefined), "session");
