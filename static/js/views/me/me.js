import { html } from "../../../vendor/lit-html.js";
import { account } from "../../sync/session.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { prefer, preferences } from "../../ui/preferences.js";
import { say } from "../../wording/say.js";
import { banner } from "../account/banners.js";
import { draftCells } from "./draft_cells.js";
import { leave } from "../account/leaving.js";
import { lookCells, toggle } from "./looks.js";
import { lockCells, prepareLockCells } from "./lock.js";
import { preparePushCell, pushCell } from "./push.js";
import { lookAtRoom, offlineCell, persistence, storageCells } from "./storage_cells.js";

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
        ${lookCells()}
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
