import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { Refused } from "../../sync/api.js";
import { account, chooseLanguage, signIn } from "../../sync/session.js";
import { icon } from "../../ui/icon.js";
import { pickedLanguage, prefer, preferences } from "../../ui/preferences.js";
import { scoreBar } from "../../ui/score_bar.js";
import { faultLine } from "../../ui/states.js";
import { say } from "../../wording/say.js";

const busy = signal(false);
const fault = signal("");
const shown = signal(false);
/** Asked for once the server says that a code is missing. @type {import("../../../vendor/signals-core.js").Signal<(() => unknown) | null>} */
const codeField = signal(/** @type {(() => unknown) | null} */ (null));

/** Section marks of the product's signature on the first screen; a picture, not a rubric. */
const SIGNATURE = [20, 20, 21, 4, 10, 10, 15].map((marks) => ({
  full: marks * 100,
  kept: 100,
  seen: 100,
}));

export function signInScreen() {
  return html`<div class="sign-in">
    <div class="sign-in__top">${languageSwitch()}</div>
    <main class="m-body" id="main">
      <div class="hero">
        <img class="brand__m" src="icons/app.svg" alt="" width="56" height="56" />
        <h1>${say("app.name")}</h1>
        <p class="muted">${say("app.tagline")}</p>
        ${scoreBar(SIGNATURE, say("session.signature"))}
      </div>
      ${signInForm()}
    </main>
  </div>`;
}

export function languageSwitch() {
  const other = preferences.value.language === "en" ? "zh-CN" : "en";
  return html`<button class="link" lang=${other} @click=${() => prefer({ language: other })}>
    ${icon("repeat", "i--s")}${say("session.other_language")}
  </button>`;
}

/**
 * @param {() => void} [done] what follows when it was a sheet over somebody's work
 * @param {typeof signIn} [how] what a name and a password are good for here
 */
export function signInForm(done, how = signIn) {
  return html`<form
    class="stack"
    @submit=${(/** @type {SubmitEvent} */ event) => submit(event, how, done)}
  >
    <label class="field"
      ><span>${say("session.name")}</span
      ><span class="input input--l"
        >${icon("user")}<input
          name="name"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required /></span
    ></label>
    ${passwordField()} ${codeField.value?.()} ${faultLine(fault.value)}
    <button class="btn btn--p btn--lg btn--b" aria-busy=${busy.value} ?disabled=${busy.value}>
      ${busy.value ? icon("spinner") : nothing}${say("session.sign_in")}
    </button>
  </form>`;
}

function passwordField() {
  const toggle = () => {
    shown.value = !shown.value;
  };
  return html`<div class="field">
    <label class="lbl" for="password">${say("session.password")}</label
    ><span class="input input--l input--end"
      >${icon("lock")}<input
        id="password"
        name="password"
        type=${shown.value ? "text" : "password"}
        autocomplete="current-password"
        required
      /><button
        type="button"
        class="ib"
        aria-pressed=${shown.value}
        aria-label=${say("session.show")}
        @click=${toggle}
      >
        ${icon(shown.value ? "eyeoff" : "eye")}
      </button></span
    >
  </div>`;
}

/**
 * @param {SubmitEvent} event
 * @param {typeof signIn} how
 * @param {(() => void) | undefined} done
 */
async function submit(event, how, done) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const said = new FormData(form);
  busy.value = true;
  fault.value = "";
  try {
    const [name, password, code] = ["name", "password", "code"].map(
      (key) => `${said.get(key) ?? ""}`,
    );
    await how(String(name).trim(), String(password), code);
    settleLanguage();
    form.reset();
    shown.value = false;
    codeField.value = null;
    done?.();
  } catch (error) {
    await explain(error);
  } finally {
    busy.value = false;
  }
}

/** @param {unknown} error */
async function explain(error) {
  const problem = error instanceof Refused ? error.problem : null;
  if (problem?.code !== "session.code_needed" || codeField.value)
    fault.value = problem?.detail || say("session.no_answer");
  else
    await import("./code_field.js")
      .then(async ({ prepared }) => (codeField.value = await prepared()))
      .catch(() => (fault.value = say("session.no_answer")));
}

/** Who picked a language before signing in takes it along; otherwise the account's is used. */
function settleLanguage() {
  const kept = account.peek()?.language;
  const picked = pickedLanguage();
  if (!picked && kept) prefer({ language: kept });
  else if (picked && picked !== kept) void chooseLanguage(picked).catch(() => undefined);
}
