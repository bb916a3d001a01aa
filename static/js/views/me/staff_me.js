import { html } from "../../../vendor/lit-html.js";
import { account } from "../../sync/session.js";
import { noticesHere } from "../../sync/store_notices.js";
import { bigHead } from "../../ui/frame.js";
import { icon } from "../../ui/icon.js";
import { say } from "../../wording/say.js";
import { alarm } from "../account/alarms.js";
import { lockCells, prepareLockCells } from "./lock.js";
import { lookCells } from "./looks.js";
import { preparePushCell, pushCell } from "./push.js";
import { leaveStore } from "./staff_leaving.js";
import { lookAtRoom, offlineCell, persistence, storageCells } from "./storage_cells.js";

/** Learns what the screen says of the lock, before it is first drawn. */
export async function prepareStaffMe() {
  preparePushCell();
  await Promise.all([prepareLockCells(), lookAtRoom().catch(() => undefined)]);
}

export function staffMeScreen() {
  const person = account.value;
  const title = person?.name ?? say("nav.me");
  return html`${bigHead({ title, below: person?.store?.name ?? "", banner: alarm() })}
    <main class="m-body" id="main">
      <div class="cells">
        ${lookCells()} ${pushCell({ on: say("staff.push_on"), off: say("staff.push_off") })}
      </div>
      <h2 class="sect-t">${say("me.storage")}<span class="end">${persistence()}</span></h2>
      <div class="cells">
        <div class="cell">
          <span class="grow">${say("staff.notices_here")}</span
          ><span class="muted num fs14">${noticesHere.value.size}</span>
        </div>
        ${offlineCell()} ${storageCells(say("staff.not_promised"))}
      </div>
      <div class="cells">${lockCells()}</div>
      <div class="cells">
        <a class="cell" href="/notices">
          ${icon("file")}<span class="grow">${say("staff.desk")}</span>${icon("right")}
        </a>
        <a class="cell" href="/me">
          ${icon("user")}<span class="grow">${say("me.account")}</span>${icon("right")}
        </a>
        <button class="cell crit" @click=${leaveStore}>
          ${icon("lock")}<span class="grow">${say("me.sign_out")}</span>
        </button>
      </div>
    </main>`;
}
