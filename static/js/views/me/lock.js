import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, signal, untracked } from "../../../vendor/signals-core.js";
import { pinFault } from "../../model/pin_rules.js";
import { changePin, guardOf, lockAfter, removePin, setPin } from "../../store/pin.js";
import {
  addPlatformUnlock,
  hasPlatformUnlock,
  removePlatformUnlock,
} from "../../store/platform_unlock.js";
import { account } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { hide, show } from "../../ui/overlay.js";
import { segment } from "../../ui/radios.js";
import { faultLine } from "../../ui/states.js";
import { switchCell } from "../../ui/switch_cell.js";
import { toast } from "../../ui/toast.js";
import { told } from "../../ui/told.js";
import { learn, say } from "../../wording/say.js";
import { lockAll } from "../account/locking.js";
import { pinField, wordsFor } from "../account/pin_field.js";

/** @import {Guard} from "../../store/pin.js" */

const guard = signal(/** @type {Guard | null} */ (null));
const possible = signal(false);
const busy = signal(false);
const trouble = signal("");

const MINUTES = [1, 5, 15, 30];

/** Learns what is said of the lock; what stands before this person's content follows. */
export async function prepareLockCells() {
  await learn("lock");
  effect(() => {
    if (account.value) untracked(() => void recallGuard());
  });
}

async function recallGuard() {
  const [now, can] = await Promise.all([guardOf(me()).catch(() => null), hasPlatformUnlock()]);
  guard.value = now;
  possible.value = can;
}

function me() {
  return account.peek()?.id ?? "";
}

/** The lock and how it behaves; nothing where storage is refused. */
export function lockCells() {
  const now = guard.value;
  if (!now) return nothing;
  return html`${toggle("pin.title", now.pin ? "pin.on_help" : "pin.off_help", now.pin, () =>
    now.pin ? askToRemove() : askToSet(),
  )}
  ${now.pin ? more(now) : nothing}`;
}

/** @param {Guard} now */
function more(now) {
  return html`${possible.value || now.platform ? platformCell(now) : nothing}
    <div class="cell cell--col">
      <span>${say("pin.after")}</span>
      ${segment({
        label: say("pin.after"),
        options: MINUTES.map((n) => [n, say("lock.minutes", { n })]),
        chosen: now.minutes,
        choose: keepMinutes,
      })}
    </div>
    ${action("key", "pin.change_title", askToChange)}
    ${action("lock", "pin.now", () => void lockAll())}`;
}

/** @param {Guard} now */
function platformCell(now) {
  return toggle("pin.platform_title", "pin.platform_help", now.platform, () =>
    now.platform ? void dropPlatform() : askForPlatform(),
  );
}

/**
 * @param {"pin.title" | "pin.platform_title"} key
 * @param {"pin.on_help" | "pin.off_help" | "pin.platform_help"} help
 * @param {boolean} on
 * @param {() => void} tapped
 */
function toggle(key, help, on, tapped) {
  return switchCell({ words: say(key), help: say(help), on, tap: tapped });
}

/**
 * @param {string} name
 * @param {"pin.change_title" | "pin.now"} key
 * @param {() => void} tapped
 */
function action(name, key, tapped) {
  return html`<button class="cell" @click=${tapped}>
    ${icon(name)}<span class="grow">${say(key)}</span>
  </button>`;
}

/** @param {number} n */
async function keepMinutes(n) {
  await lockAfter(me(), n).catch(() => toast({ icon: "alert", message: say("pin.failed") }));
  await recallGuard();
}

async function dropPlatform() {
  await told(removePlatformUnlock(me()));
  await recallGuard();
}

const OLD = { name: "old", key: /** @type {const} */ ("pin.old") };
const NEW = { name: "pin", key: /** @type {const} */ ("pin.new") };
const AGAIN = { name: "again", key: /** @type {const} */ ("pin.again") };

/** @typedef {{old: string, pin: string, again: string}} Typed */
/** @typedef {{title: string, help: string, fields: {name: string, key: "pin.old" | "pin.new" | "pin.again"}[], yes: string, done: string, failed: string, work: (typed: Typed) => Promise<unknown>}} Sheet */

function askToSet() {
  ask({
    title: say("pin.set_title"),
    help: say("pin.set_help"),
    fields: [NEW, AGAIN],
    yes: say("pin.save"),
    done: say("pin.done_set"),
    failed: say("pin.failed"),
    work: ({ pin }) => setPin(me(), pin),
  });
}

function askToChange() {
  ask({
    title: say("pin.change_title"),
    help: say("pin.set_help"),
    fields: [OLD, NEW, AGAIN],
    yes: say("pin.save"),
    done: say("pin.done_change"),
    failed: say("pin.failed"),
    work: ({ old, pin }) => changePin(me(), old, pin),
  });
}

function askToRemove() {
  ask({
    title: say("pin.remove_title"),
    help: say("pin.remove_help"),
    fields: [OLD],
    yes: say("pin.remove"),
    done: say("pin.done_remove"),
    failed: say("pin.failed"),
    work: ({ old }) => removePin(me(), old),
  });
}

function askForPlatform() {
  ask({
    title: say("pin.platform_title"),
    help: say("pin.platform_ask"),
    fields: [OLD],
    yes: say("pin.go_on"),
    done: say("pin.done_platform"),
    failed: say("pin.platform_failed"),
    work: ({ old }) => addPlatformUnlock(me(), old, say("pin.platform_label")),
  });
}

/** @param {Sheet} sheet */
function ask(sheet) {
  trouble.value = "";
  const body = () =>
    html`<p class="muted fs14">${sheet.help}</p>
      <form class="stack" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, sheet)}>
        ${sheet.fields.map(({ name, key }, at) => pinField({ name, label: say(key), first: !at }))}
        ${faultLine(trouble.value)}
        <button class="btn btn--p btn--lg btn--b" aria-busy=${busy.value} ?disabled=${busy.value}>
          ${busy.value ? icon("spinner") : nothing}${sheet.yes}
        </button>
      </form>`;
  show({ kind: "sheet", title: sheet.title, body, close: say("common.close") });
}

/**
 * @param {SubmitEvent} event
 * @param {Sheet} sheet
 */
async function submit(event, sheet) {
  event.preventDefault();
  const typed = /** @type {Typed} */ (
    Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)))
  );
  trouble.value = "pin" in typed ? faultIn(typed) : "";
  if (trouble.value) return;
  busy.value = true;
  try {
    const refused = (await sheet.work(typed)) === false;
    hide();
    toast({ icon: refused ? "alert" : "check", message: refused ? sheet.failed : sheet.done });
  } catch (error) {
    trouble.value = wordsFor(error);
  } finally {
    busy.value = false;
    await recallGuard();
  }
}

/** @param {Typed} typed */
function faultIn({ pin, again }) {
  const wrong = pinFault(pin);
  if (wrong) return say(`pin.fault_${wrong}`);
  return pin === again ? "" : say("pin.fault_differs");
}
