/** @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} Extendable */
/** @typedef {Extendable & {data: {json: () => unknown} | null}} Pushed */
/** @typedef {Extendable & {notification: Notification}} Tapped */
/** @typedef {Extendable & {request: Request, respondWith: (answer: Promise<Response>) => void}} Fetching */

/** @typedef {{url: string, focus: () => Promise<unknown>, navigate: (url: string) => Promise<unknown>}} OpenWindow */
/** @typedef {{claim: () => Promise<void>, matchAll: (which: object) => Promise<OpenWindow[]>, openWindow: (url: string) => Promise<unknown>}} Windows */

/** The address of every file of the app, filled in by the server.
 * @type {string[]}
 */
const PRECACHE = /* PRECACHE */ [];
/** @type {string} */
const VERSION = /* VERSION */ "";

const OURS = "mingcha-app-";
const CACHE = OURS + VERSION;
const SHELL = "/app/";
/** Photos that show how it should look, or what a store mended: fetched by js/sync/reference_photos.js. */
const REFERENCES = "mingcha-references";
const REFERENCE = /^\/api\/(rubric-photos|reinspections)\//;
const KNOWN = new Set(PRECACHE);
/** All these files in one: a line that lists them, then their bytes one after another. */
const PACK = "app.pack";
/** What the server said of the pack's own bytes, and not of a file in it. */
const OF_THE_PACK = ["content-encoding", "content-length", "etag", "vary"];

const worker =
  /** @type {{skipWaiting: () => Promise<void>, clients: Windows, location: Location, registration: ServiceWorkerRegistration}} */ (
    /** @type {unknown} */ (self)
  );

/** All files or none: half an app is no app. */
async function install() {
  const pack = await fetch(PACK, { cache: "no-store" });
  if (!pack.ok) throw new Error(`${PACK}: ${pack.status}`);
  const files = unpacked(await pack.arrayBuffer(), pack.headers);
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(([url, file]) => cache.put(url, file)));
}

/**
 * The files as the server would have sent each, its rules for the page included. Another release may be answering
 * by now, or half an answer have come: then nothing is kept, and the browser tries again.
 * @param {ArrayBuffer} pack
 * @param {Headers} sent
 * @returns {[string, Response][]}
 */
function unpacked(pack, sent) {
  const end = new Uint8Array(pack).indexOf(10);
  /** @type {{version: string, files: {url: string, type: string, length: number}[]}} */
  const { version, files } = JSON.parse(new TextDecoder().decode(pack.slice(0, end)));
  const total = files.reduce((sum, { length }) => sum + length, end + 1);
  if (version !== VERSION || total !== pack.byteLength) throw new Error(`${PACK}: ${version}`);
  const rules = new Headers(sent);
  for (const name of OF_THE_PACK) rules.delete(name);
  let begin = end + 1;
  return files.map(({ url, type, length }) => {
    const headers = new Headers(rules);
    headers.set("content-type", type);
    const bytes = pack.slice(begin, (begin += length));
    return [url, new Response(bytes, { headers })];
  });
}

/** Older versions go only now, when no page uses them any more. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * Which kept file answers a request; undefined: the network does. Only reading of the app's own files is
 * answered from here; what travels to and from the server never is.
 * @param {Request} request
 */
function kept(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return undefined;
  if (KNOWN.has(pathname)) return pathname;
  return request.mode === "navigate" && pathname.startsWith(SHELL) ? SHELL : undefined;
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function answer(request, path) {
  const cache = await caches.open(CACHE);
  // The system may have cleared the cache by itself.
  return (await cache.match(path)) ?? fetch(request);
}

/** A reference photo: its address never changes, so what is kept is as good. @param {Request} request */
async function reference(request) {
  const cache = await caches.open(REFERENCES);
  return (await cache.match(request.url)) ?? fetch(request);
}

/** The manifest's own name: all that is said when a message cannot be read, for something must be shown. */
const NAME = "明察 Mingcha";

/**
 * Tells that there is something new. A later message takes the place of the one before.
 * @param {Pushed["data"]} data
 */
function tell(data) {
  const {
    kind = "assignments",
    language = "zh-CN",
    title = NAME,
    body = "",
    path = SHELL,
  } = said(data);
  const icon = "icons/app-192.png";
  const shown = { body, lang: language, tag: kind, icon, data: { path } };
  return worker.registration.showNotification(title, shown);
}

/**
 * @param {Pushed["data"]} data
 * @returns {{kind?: string, language?: string, title?: string, body?: string, path?: string}}
 */
function said(data) {
  try {
    return /** @type {object | null} */ (data?.json()) ?? {};
  } catch {
    return {};
  }
}

/**
 * Goes to the app where it is open, or opens it, on the screen the message leads to; to another page of this
 * server when it leads there.
 * @param {unknown} path
 */
async function show(path) {
  const screen = typeof path === "string" && /^\/app\/#\/[\w/-]+$/.test(path) ? path : "";
  if (typeof path === "string" && /^\/(?!\/|app\/)/.test(path)) {
    await worker.clients.openWindow(path);
    return;
  }
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const app = open.find(({ url }) => new URL(url).pathname.startsWith(SHELL));
  if (!app) return void (await worker.clients.openWindow(screen || SHELL));
  await app.focus();
  if (screen) await app.navigate(screen);
}

self.addEventListener("install", (event) => {
  /** @type {Extendable} */ (event).waitUntil(install());
});

self.addEventListener("activate", (event) => {
  /** @type {Extendable} */ (event).waitUntil(activate());
});

self.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {Fetching} */ (event);
  const path = kept(request);
  if (path) respondWith.call(event, answer(request, path));
  else if (REFERENCE.test(new URL(request.url).pathname) && request.method === "GET")
    respondWith.call(event, reference(request));
});

// Asked by a person, never by itself: a visit ends on the version it began with.
self.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

self.addEventListener("push", (event) => {
  const { data } = /** @type {Pushed} */ (event);
  /** @type {Extendable} */ (event).waitUntil(tell(data));
});

self.addEventListener("notificationclick", (event) => {
  const { notification } = /** @type {Tapped} */ (event);
  notification.close();
  /** @type {Extendable} */ (event).waitUntil(show(notification.data?.path));
});
