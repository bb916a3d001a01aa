// Notifications of this browser, where it can: the page says the same without.

const here = document.querySelector("[data-push]");

/**
 * @param {string} written
 * @returns {Uint8Array<ArrayBuffer>}
 */
function bytes(written) {
  const raw = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (each) => each.charCodeAt(0));
}

/**
 * @param {ArrayBuffer | null} key
 * @returns {string}
 */
function text(key) {
  const raw = String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0)));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * @param {HTMLElement} place
 * @param {"refused" | "done" | "ended"} what
 */
function say(place, what) {
  const line = /** @type {HTMLElement | null} */ (
    place.parentElement?.querySelector("[data-push-said]")
  );
  if (line) line.textContent = line.dataset[what] ?? "";
}

/**
 * @param {HTMLElement} place
 * @param {string} method
 * @param {unknown} [body]
 */
async function tell(place, method, body) {
  const headers = { "x-csrf-token": place.dataset.csrf ?? "", "content-type": "application/json" };
  const answer = await fetch("/api/push-subscription", {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
}

/** @param {HTMLElement} place */
async function on(place) {
  const { key } = /** @type {{key: string}} */ (await (await fetch("/api/push-key")).json());
  const worker = await navigator.serviceWorker.register("/app/sw.js", { scope: "/app/" });
  const asked = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  const made = await worker.pushManager.subscribe(asked);
  const p256dh = text(made.getKey("p256dh"));
  await tell(place, "PUT", { endpoint: made.endpoint, p256dh, auth: text(made.getKey("auth")) });
}

/** @param {HTMLElement} place */
async function off(place) {
  await tell(place, "DELETE");
  const worker = await navigator.serviceWorker.getRegistration("/app/");
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

if (here instanceof HTMLElement && "serviceWorker" in navigator && "PushManager" in window) {
  here.hidden = false;
  here.querySelector("[data-on]")?.addEventListener("click", () => {
    on(here).then(
      () => say(here, "done"),
      () => say(here, "refused"),
    );
  });
  here.querySelector("[data-off]")?.addEventListener("click", () => {
    off(here).then(
      () => say(here, "ended"),
      () => say(here, "refused"),
    );
  });
}
