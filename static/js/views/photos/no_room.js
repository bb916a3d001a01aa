/** @import {SlotRow} from "../../types.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { signal } from "../../../vendor/signals-core.js";
import { isTravelling } from "../../model/photo_state.js";
import { online } from "../../sync/link.js";
import { flush } from "../../sync/outbox.js";
import { delivered, freeDelivered } from "../../sync/room.js";
import { smaller } from "../../sync/shrink.js";
import { homeless, keepHomeless } from "../../sync/taking.js";
import { uploads } from "../../sync/uploads.js";
import { icon } from "../../ui/icon.js";
import { hide, show } from "../../ui/overlay.js";
import { say } from "../../wording/say.js";
import { layDown } from "../drafts/desk.js";

/** What can be given up: delivered photos whose pixels still lie here. The browser's own estimate of the room
 * left is not asked: on a full disk it promises a gigabyte. */
const spare = signal(0);
const working = signal(false);

/**
 * Waits until photos are kept. Where some found no room, that is said at once.
 * @param {Promise<SlotRow[]>} keeping
 * @returns {Promise<SlotRow[]>} those that are safely on the phone
 */
export async function roomFor(keeping) {
  const before = homeless.peek().length;
  const kept = await keeping;
  layDown(kept);
  if (homeless.peek().length > before) offerRoom();
  return kept;
}

/** Says that photos could not be stored, and what makes room for them. What was typed is safe. */
export function offerRoom() {
  void countSpare();
  show({ kind: "sheet", title: say("room.title"), close: say("common.later"), body: room });
}

async function countSpare() {
  spare.value = (await delivered().catch(() => [])).length;
}

/** @param {() => Promise<unknown>} act */
function worked(act) {
  return async () => {
    working.value = true;
    try {
      await act();
    } finally {
      working.value = false;
      await countSpare();
    }
  };
}

const send = worked(() => flush());
const keepAll = async () => layDown(await keepHomeless());
const free = worked(async () => {
  if (await freeDelivered().catch(() => 0)) await keepAll();
});
const again = worked(keepAll);

function room() {
  const left = homeless.value.length;
  if (!left && !working.value)
    return html`<div class="stack">
      <p class="good">${icon("check")} ${say("room.done")}</p>
      <button class="btn btn--p btn--b" @click=${hide}>${say("common.close")}</button>
    </div>`;
  return html`<div class="stack">
    <p role="alert"><b>${say("photo.no_room", { n: left })}</b></p>
    <p class="fs14 muted">${say("room.help")}</p>
    <div class="cells">${sending()} ${freeing()} ${sizing()}</div>
    <button class="btn btn--p btn--b btn--lg" ?disabled=${working.value} @click=${again}>
      ${icon(working.value ? "spinner" : "refresh")}${say("room.again")}
    </button>
  </div>`;
}

function sending() {
  const waiting = [...uploads.value.values()].filter(isTravelling).length;
  const off = !online.value || !waiting || working.value;
  return html`<button class="cell" ?disabled=${off} @click=${send}>
    ${icon("upload")}<span class="grow"
      >${say("room.send")}<small class="faint"
        >${online.value ? say("room.send_n", { n: waiting }) : say("common.offline")}</small
      ></span
    >
  </button>`;
}

function freeing() {
  const off = !spare.value || !online.value || working.value;
  return html`<button class="cell" ?disabled=${off} @click=${free}>
    ${icon("cloudok")}<span class="grow"
      >${say("room.free", { n: spare.value })}<small class="faint"
        >${say("room.free_help")}</small
      ></span
    >
  </button>`;
}

function sizing() {
  const flip = () => {
    smaller.value = !smaller.value;
    if (smaller.value) void again();
  };
  return html`<button class="cell" aria-pressed=${smaller.value} @click=${flip}>
    ${icon("image")}<span class="grow"
      >${say("room.smaller")}<small class="faint">${say("room.smaller_help")}</small></span
    >${smaller.value ? html`<span class="good">${icon("check")}</span>` : nothing}
  </button>`;
}
