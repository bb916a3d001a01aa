import { effect } from "../vendor/signals-core.js";
import { restoreClock } from "./sync/clock.js";
import {
  account,
  checkSession,
  locked,
  restoreSession,
  startAnewWith,
  welcome,
} from "./sync/session.js";
import { look, watchWorker } from "./sync/worker.js";
import { applyPreferences } from "./ui/preferences.js";
import { startOver, watchRoute } from "./ui/route.js";
import { watchScroll } from "./ui/scrolled.js";
import { fetchAll, mountDoor, openApp } from "./views/shell/door.js";
import { learn } from "./wording/say.js";

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  const worded = Promise.all([applyPreferences(), learn("phone")]);
  if (!isSecureContext) return refuse(root, worded);
  watchRoute();
  watchScroll();
  startAnewWith(startOver);
  // Storage refused: the app still opens, and says so.
  await Promise.all([worded, restoreSession(), restoreClock()]).catch(() => undefined);
  mountDoor(root);
  await askWhoWeAre();
  if (account.peek()) await openApp();
  document.documentElement.dataset.ready = "";
  await watchTheRest();
}

/**
 * @param {HTMLElement} root
 * @param {Promise<unknown>} worded
 */
async function refuse(root, worded) {
  const [{ refuseInsecure }] = await Promise.all([import("./views/shell/insecure.js"), worded]);
  refuseInsecure(root);
}

/** Known people start at once, whatever the network does; strangers have the sign-in before them meanwhile. */
async function askWhoWeAre() {
  if (account.peek()) void openApp();
  const asked = checkSession().catch(() => undefined);
  if (!account.peek() && !locked.peek()) await asked;
}

async function watchTheRest() {
  effect(() => {
    if (account.value && !welcome.value) location.replace("/");
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  await openApp();
  await watchWorker();
  await fetchAll().catch(() => undefined);
}

void start();
