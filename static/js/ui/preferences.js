/** @import {Preferences} from "../types.js" */
import { effect, signal } from "../../vendor/signals-core.js";
import { language, speak } from "../wording/say.js";
import { route } from "./route.js";

const KEY = "mingcha.preferences";
const DARK = "(prefers-color-scheme: dark)";

/** @returns {Preferences} */
function defaults() {
  const chinese = (navigator.languages ?? [navigator.language]).some((tag) => tag.startsWith("zh"));
  return {
    theme: "system",
    contrast: "normal",
    discreet: false,
    text: 100,
    language: chinese ? "zh-CN" : "en",
  };
}

/** @returns {Partial<Preferences>} what was ever chosen on this phone */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    // Storage refused or damaged: the choices last until the page is closed.
    return {};
  }
}

let chosen = read();

/** How this phone's owner wants it, kept apart from their work: needed before the first paint. */
export const preferences = signal({ ...defaults(), ...chosen });

/** @param {Partial<Preferences>} wanted */
export function prefer(wanted) {
  chosen = { ...chosen, ...wanted };
  preferences.value = { ...defaults(), ...chosen };
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // See `read`.
  }
}

/** The language somebody picked by hand; undefined: the phone's own was good enough. */
export function pickedLanguage() {
  return chosen.language;
}

/** Keeps the page's theme, contrast and language as chosen; resolves once the first words are there. */
export function applyPreferences() {
  applyLooks();
  effect(() => {
    document.documentElement.lang = language.value;
  });
  /** @type {Promise<unknown>} */
  let spoken = Promise.resolve();
  effect(() => {
    const wanted = preferences.value.language;
    // Never fetched and no network: it stays with the language it has.
    spoken = speak(wanted).catch(() => undefined);
  });
  return spoken;
}

function applyLooks() {
  const dark = signal(matchMedia(DARK).matches);
  matchMedia(DARK).addEventListener?.("change", (event) => {
    dark.value = event.matches;
  });
  effect(() => {
    const { theme, contrast } = preferences.value;
    const root = document.documentElement;
    // What is written down in the store is written in the dark, whatever was chosen for the rest.
    const discreet = preferences.value.discreet || route.value.name === "capture";
    root.dataset.text = String(preferences.value.text);
    root.dataset.theme =
      discreet || theme === "dark" || (theme === "system" && dark.value) ? "dark" : "light";
    root.dataset.contrast = contrast;
    root.toggleAttribute("data-discreet", discreet);
    const bar = document.querySelector('meta[name="theme-color"]');
    bar?.setAttribute("content", getComputedStyle(root).getPropertyValue("--surface").trim());
  });
}
