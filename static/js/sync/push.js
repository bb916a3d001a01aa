import { signal } from "../../vendor/signals-core.js";
import { forgetMeta, readMeta, writeMeta } from "../store/meta.js";
import { ask } from "./api.js";
import { account } from "./session.js";

/** @typedef {"unknown" | "unsupported" | "install" | "refused" | "unavailable" | "off" | "on"} PushState */

/** Whether this phone is told of new assignments, or what stands in the way. */
export const pushState = signal(/** @type {PushState} */ ("unknown"));

/** Looks again; nobody is asked for anything. */
export async function lookAtPush() {
  const id = me();
  pushState.value = obstacle() || ((await wanted(id)) && (await subscription()) ? "on" : "off");
}

/** Asks the person for permission, subscribes and tells the server. Throws where no network or push service answers. */
export async function turnPushOn() {
  const id = me();
  // First of all: browsers show their question only right after a tap.
  if ((await Notification.requestPermission()) !== "granted") return lookAtPush();
  if (!(await subscribe())) return void (pushState.value = "unavailable");
  await writeMeta(keyOf(id), true);
  await lookAtPush();
}

/** Ends it here at once; without a network the server learns from the push service. */
export async function turnPushOff() {
  await forgetMeta(keyOf(me()));
  await endPush();
  await ask("DELETE", "/api/push-subscription").catch(() => undefined);
  await lookAtPush();
}

/**
 * After every start: a new sign-in is a new session, and browsers change addresses by themselves.
 * @param {string} id
 */
export async function renewPush(id) {
  if (obstacle() || Notification.permission !== "granted") return;
  if (await wanted(id)) await subscribe();
}

/** Nothing reaches this browser any more, whoever asked for it. */
export async function endPush() {
  const known = await subscription().catch(() => null);
  await known?.unsubscribe().catch(() => false);
}

/** @returns {"unsupported" | "install" | "refused" | ""} */
function obstacle() {
  const able = "serviceWorker" in navigator && "PushManager" in globalThis;
  // On iPhones only an app on the home screen can be told.
  const { standalone } = /** @type {Navigator & {standalone?: boolean}} */ (navigator);
  if (!able || !("Notification" in globalThis))
    return standalone === false ? "install" : "unsupported";
  return Notification.permission === "denied" ? "refused" : "";
}

/** Whether the server tells anybody and was told of this browser. */
async function subscribe() {
  const { data } = await ask("GET", "/api/push-key");
  const { key } = /** @type {{key: string | null}} */ (data);
  const manager = (await registration())?.pushManager;
  if (!key || !manager) return false;
  const { endpoint, keys } = (await subscribed(manager, key)).toJSON();
  const json = { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] };
  await ask("PUT", "/api/push-subscription", { json });
  return true;
}

/**
 * @param {PushManager} manager
 * @param {string} key
 */
async function subscribed(manager, key) {
  const wantedKey = fromBase64(key);
  const old = await manager.getSubscription();
  // A server set up anew has another key; browsers refuse to have both.
  if (old && !isSame(old.options.applicationServerKey, wantedKey)) await old.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: wantedKey });
}

async function subscription() {
  return (await registration())?.pushManager?.getSubscription() ?? null;
}

async function registration() {
  return globalThis.navigator?.serviceWorker?.getRegistration();
}

/** @param {string} id */
async function wanted(id) {
  return (await readMeta(keyOf(id)).catch(() => false)) === true;
}

/** Ends with the account's id: what erases the account erases it. @param {string} id */
function keyOf(id) {
  return `push:${id}`;
}

function me() {
  return account.peek()?.id ?? "";
}

/** @param {string} text */
function fromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/**
 * @param {ArrayBuffer | null} one
 * @param {Uint8Array} other
 */
function isSame(one, other) {
  const bytes = new Uint8Array(one ?? new ArrayBuffer(0));
  return bytes.length === other.length && bytes.every((byte, at) => byte === other[at]);
}
