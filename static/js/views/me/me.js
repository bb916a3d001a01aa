import { html, nothing } from "../../../vendor/lit-html.js";
import { persistent } from "../../store/persistence.js";
import { account, chooseLanguage } from "../../sync/session.js";
import { worksOffline } from "../../sync/worker.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { prefer, preferences } from "../../ui/preferences.js";
import { segment } from "../../ui/radios.js";
import { switchCell } from "../../ui/switch_cell.js";
import { say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { draftCells } from "./draft_cells.js";
import { leave } from "../account/leaving.js";
import { lockCells, prepareLockCells } from "./lock.js";
import { preparePushCell, pushCell } from "./push.js";
import { lookAtRoom, storageCells } from "./storage_cells.js";

/** Learns what the screen says of the lock, before it is first drawn. */
export async function prepareMe() {
  preparePushCell();
  await Promise.all([prepareLockCells(), lookAtRoom().catch(() => undefined)]);
}

export function meScreen() {
  const person = account.value;
  return html`${bigHead({ title: person?.name ?? say("nav.me"), below: html`${person?.pseudonym ?? ""}`, banner: banner() })}
    <main class="m-body" id="main">
      <div class="cells">
        ${choice(
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
        ${toggle("me.contrast", preferences.value.contrast === "more", (on) => prefer({ contrast: on ? "more" : "normal" }))}
        ${toggle("task.discreet", preferences.value.discreet, (discreet) => prefer({ discreet }))}
        ${pushCell()}
      </div>
      <h2 class="sect-t">${say("me.storage")}<span class="end">${persistence()}</span></h2>
      <div class="cells">${draftCells()} ${offlineCell()} ${storageCells()}</div>
      <div class="cells">${lockCells()}</div>
      <div class="cells">
        <a class="cell" href="/me">
          ${icon("user")}<span class="grow">${say("me.account")}</span>${icon("right")}
        </a>
        <button class="cell crit" @click=${leave}>
          ${icon("lock")}<span class="grow">${say("me.sign_out")}</span>
        </button>
      </div>
    </main>`;
}

/** Some browsers inside other apps keep drafts but cannot start without a network. */
function offlineCell() {
  if (worksOffline.value === null) return nothing;
  const words = say(worksOffline.value ? "me.offline_yes" : "me.offline_no");
  return html`<div class="cell">
    <span class="grow">${say("me.offline")}</span><span class="muted fs14">${words}</span>
  </div>`;
}

function persistence() {
  if (persistent.value === null) return nothing;
  return say(persistent.value ? "me.persistent" : "me.not_persistent");
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
function toggle(key, on, set) {
  const help = say(key === "me.contrast" ? "me.contrast_help" : "me.discreet_help");
  return switchCell({ words: say(key), help, on, tap: () => set(!on) });
}
