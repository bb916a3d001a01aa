/** @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} Extendable */
/** @typedef {Extendable & {data: {json: () => unknown} | null}} Pushed */
/** @typedef {Extendable & {notification: Notification}} Tapped */
/** @typedef {Extendable & {request: Request, respondWith: (answer: Promise<Response>) => void}} Fetching */

/** @typedef {{url: string, focus: () => Promise<unknown>}} OpenWindow */
/** @typedef {{claim: () => Promise<void>, matchAll: (which: object) => Promise<OpenWindow[]>, openWindow: (url: string) => Promise<unknown>}} Windows */

/** Every file of the app with the hash of its content, filled in by the server.
 * @type {{url: string, hash: string}[]}
 */
const PRECACHE = /* PRECACHE */ [];
/** @type {string} */
const VERSION = /* VERSION */ "";

const OURS = "mingcha-app-";
const CACHE = OURS + VERSION;
const SHELL = "/app/";
const KNOWN = new Set(PRECACHE.map(({ url }) => url));

const worker =
  /** @type {{skipWaiting: () => Promise<void>, clients: Windows, location: Location, registration: ServiceWorkerRegistration}} */ (
    /** @type {unknown} */ (self)
  );

/** All files or none: half an app is no app. What the page just loaded is only asked about, not sent again. */
async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(PRECACHE.map(({ url }) => new Request(url, { cache: "no-cache" })));
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

/** The manifest's own name: all that is said when a message cannot be read, for something must be shown. */
const NAME = "明察 Mingcha";

/**
 * Tells that there is something new. A later message takes the place of the one before.
 * @param {Pushed["data"]} data
 */
function tell(data) {
  const { kind = "assignments", language = "zh-CN", title = NAME, body = "" } = said(data);
  const icon = "icons/app-192.png";
  return worker.registration.showNotification(title, { body, lang: language, tag: kind, icon });
}

/**
 * @param {Pushed["data"]} data
 * @returns {{kind?: string, language?: string, title?: string, body?: string}}
 */
function said(data) {
  try {
    return /** @type {object | null} */ (data?.json()) ?? {};
  } catch {
    return {};
  }
}

/** Goes to the app where it is open, or opens it. */
async function showApp() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const app = open.find(({ url }) => new URL(url).pathname.startsWith(SHELL));
  await (app ? app.focus() : worker.clients.openWindow(SHELL));
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
  /** @type {Extendable} */ (event).waitUntil(showApp());
});
