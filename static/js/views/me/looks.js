import { html } from "../../../vendor/lit-html.js";
import { chooseLanguage } from "../../sync/session.js";
import { prefer, preferences } from "../../ui/preferences.js";
import { segment } from "../../ui/radios.js";
import { switchCell } from "../../ui/switch_cell.js";
import { say } from "../../wording/say.js";

/** Language, colours, contrast and size of the letters. */
export function lookCells() {
  return html`${choice(
    "me.language",
    [
      ["zh-CN", "中文"],
      ["en", "English"],
    ],
    preferences.value.language,
    (language) => {
      prefer({ language });
      void chooseLanguage(language).catch(() => undefined);
    },
  )}
  ${choice(
    "me.theme",
    [
      ["system", say("me.system")],
      ["light", say("me.light")],
      ["dark", say("me.dark")],
    ],
    preferences.value.theme,
    (theme) => prefer({ theme }),
  )}
  ${choice(
    "me.text",
    [
      [100, say("me.text_100")],
      [115, say("me.text_115")],
      [130, say("me.text_130")],
    ],
    preferences.value.text,
    (size) => prefer({ text: size }),
  )}
  ${toggle("me.contrast", preferences.value.contrast === "more", (on) => prefer({ contrast: on ? "more" : "normal" }))}`;
}

/**
 * @template {string | number} T
 * @param {"me.language" | "me.theme" | "me.text"} key
 * @param {[T, string][]} options
 * @param {T} chosen
 * @param {(value: T) => void} choose
 */
function choice(key, options, chosen, choose) {
  return html`<div class="cell cell--col">
    <span>${say(key)}</span>
    ${segment({ label: say(key), options, chosen, choose })}
  </div>`;
}

/**
 * @param {"me.contrast" | "task.discreet"} key
 * @param {boolean} on
 * @param {(on: boolean) => void} set
 */
export function toggle(key, on, set) {
  const help = say(key === "me.contrast" ? "me.contrast_help" : "me.discreet_help");
  return switchCell({ words: say(key), help, on, tap: () => set(!on) });
}
