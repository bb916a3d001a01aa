import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, signal, untracked } from "../../../vendor/signals-core.js";
import { lookAtPush, pushState, turnPushOff, turnPushOn } from "../../sync/push.js";
import { account } from "../../sync/session.js";
import { switchCell } from "../../ui/switch_cell.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

const busy = signal(false);

/** Looks whether this person's phone is told, and again for whoever comes after. */
export function preparePushCell() {
  effect(() => {
    if (account.value) untracked(() => void lookAtPush().catch(() => undefined));
  });
}

/**
 * The switch for being told of what is new, or in words why there is none.
 * @param {{on: string, off: string}} [told] what one is told of, for whom that is something else
 */
export function pushCell(told) {
  const state = pushState.value;
  if (state === "unknown") return nothing;
  const words = say("me.push");
  const own = state === "on" || state === "off" ? told?.[state] : "";
  const help = own || say(`me.push_${state}`);
  if (state !== "on" && state !== "off")
    return html`<div class="cell">
      <span class="grow">${words}<small>${help}</small></span>
    </div>`;
  const on = state === "on";
  return switchCell({ words, help, on, busy: busy.value, tap: () => change(on) });
}

/** @param {boolean} on what it is now */
async function change(on) {
  busy.value = true;
  try {
    await (on ? turnPushOff() : turnPushOn());
  } catch {
    toast({ icon: "alert", message: say("me.push_failed") });
  } finally {
    busy.value = false;
  }
}
