import { effect } from "../vendor/signals-core.js";
import { checkPersistence } from "./store/persistence.js";
import { releasePixels } from "./store/purge.js";
import { restoreClock } from "./sync/clock.js";
import { watchLink } from "./sync/link.js";
import { flush, recallOutbox } from "./sync/outbox.js";
import { account, checkSession, inspecting, restoreSession } from "./sync/session.js";
import { hearOthers } from "./sync/windows.js";
import { look, watchWorker } from "./sync/worker.js";
import { applyPreferences } from "./ui/preferences.js";
import { watchRoute } from "./ui/route.js";
import { watchScroll } from "./ui/scrolled.js";
import { mountApp } from "./views/app.js";
import { refuseInsecure } from "./views/insecure.js";

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  applyPreferences();
  if (!isSecureContext) return refuseInsecure(root);
  watchRoute();
  watchScroll();
  watchLink(() => void flush());
  // Storage refused: the app still opens, and says so.
  await Promise.all([restoreSession(), restoreClock()]).catch(() => undefined);
  await askWhoWeAre();
  mountApp(root);
  document.documentElement.dataset.ready = "";
  watchTheRest();
}

/** Known people start at once, whatever the network does; strangers wait for its answer. */
async function askWhoWeAre() {
  const asked = checkSession().catch(() => undefined);
  if (!account.peek()) await asked;
}

function watchTheRest() {
  effect(() => {
    // Everybody else works on the pages.
    if (account.value && !inspecting.value) location.replace("/");
  });
  hearOthers(() => void recall());
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    look();
    void flush();
  });
  void watchWorker();
  void keepStorage();
}

async function recall() {
  const id = account.peek()?.id;
  if (id) await recallOutbox(id);
}

async function keepStorage() {
  const id = account.peek()?.id;
  if (id) await releasePixels(id, Date.now()).catch(() => undefined);
  await checkPersistence();
}

void start();
