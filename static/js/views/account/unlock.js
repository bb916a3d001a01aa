import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { guardOf, unlock } from "../../store/pin.js";
import { unlockByPlatform } from "../../store/platform_unlock.js";
import { letIn, locked, signInWithoutPin } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { faultLine } from "../../ui/states.js";
import { learn, say } from "../../wording/say.js";
import { pinField, wordsFor } from "./pin_field.js";
import { languageSwitch, signInForm } from "./sign_in.js";

/** The phone asked its owner and was not convinced, or was told no. */
class NotRecognised extends Error {}

const busy = signal(false);
/** What kept it shut the last time; null: nothing yet. */
const trouble = signal(/** @type {unknown} */ (null));
const byPlatform = signal(false);
const forgotten = signal(false);

/** Learns what the lock says and what it may be opened with. */
export async function prepareLock() {
  await learn("lock");
  const id = locked.peek()?.id;
  const guard = id ? await guardOf(id).catch(() => null) : null;
  byPlatform.value = Boolean(guard?.platform);
}

/** Nothing here names the product, a person, a store or a number: anybody may be holding the phone. */
export function lockScreen() {
  return html`<div class="sign-in">
    <div class="sign-in__top">${languageSwitch()}</div>
    <main class="m-body" id="main">${forgotten.value ? startAgain() : enterPin()}</main>
  </div>`;
}

function enterPin() {
  return html`<div class="hero hero--lock">
      <span class="padlock">${icon("lock")}</span>
      <h1>${say("lock.title")}</h1>
    </div>
    <form class="stack" @submit=${submit}>
      ${pinField({ name: "pin", label: say("lock.pin"), first: true })}
      ${faultLine(said(trouble.value))}
      <button class="btn btn--p btn--lg btn--b" aria-busy=${busy.value} ?disabled=${busy.value}>
        ${busy.value ? icon("spinner") : nothing}${say("lock.open")}
      </button>
      ${
        byPlatform.value
          ? html`<button class="btn btn--lg btn--b" type="button" @click=${platform}>
              ${icon("user")}${say("lock.platform")}
            </button>`
          : nothing
      }
      <button class="link link--b" type="button" @click=${() => (forgotten.value = true)}>
        ${say("lock.forgot")}
      </button>
    </form>`;
}

function startAgain() {
  return html`<div class="hero hero--lock">
      <span class="padlock">${icon("key")}</span>
      <h1>${say("lock.forgot_title")}</h1>
      <p class="muted">${say("lock.forgot_help")}</p>
    </div>
    ${signInForm(undefined, signInWithoutPin)}
    <button class="link link--b" type="button" @click=${() => (forgotten.value = false)}>
      ${say("lock.forgot_back")}
    </button>`;
}

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const pin = String(new FormData(form).get("pin"));
  await attempt(() => unlock(locked.peek()?.id ?? "", pin));
  form.reset();
  form.querySelector("input")?.focus();
}

async function platform() {
  await attempt(async () => {
    if (!(await unlockByPlatform(locked.peek()?.id ?? ""))) throw new NotRecognised();
  });
}

/** @param {() => Promise<void>} opening */
async function attempt(opening) {
  busy.value = true;
  trouble.value = null;
  try {
    await opening();
    letIn();
  } catch (error) {
    trouble.value = error;
  } finally {
    busy.value = false;
  }
}

/** @param {unknown} error */
function said(error) {
  if (!error) return "";
  return error instanceof NotRecognised ? say("lock.platform_no") : wordsFor(error);
}
