/** @import {SlotRow} from "../../types.js" */
/** @import {Mark, Tool} from "../../model/marks.js" */
/** @import {OpenDraft} from "../../store/open_draft.js" */
import { html, nothing } from "../../../vendor/lit-html.js";
import { effect, signal } from "../../../vendor/signals-core.js";
import { isDrawn, placed, scaled, shifted } from "../../model/marks.js";
import { photoOf } from "../../store/photos.js";
import { addPhoto } from "../../sync/photos.js";
import { icon } from "../../ui/icon.js";
import { jpegOf } from "../../ui/lens.js";
import { drawMarked } from "../../ui/marks_drawn.js";
import { hide, show } from "../../ui/overlay.js";
import { styled } from "../../ui/styled.js";
import { toast } from "../../ui/toast.js";
import { say } from "../../wording/say.js";

const STEP = 0.02;
const GROW = 1.1;

/** @type {readonly {tool: Tool, icon: string}[]} */
const TOOLS = [
  { tool: "circle", icon: "circle" },
  { tool: "arrow", icon: "arrowright" },
  { tool: "line", icon: "pen" },
];

const tool = signal(/** @type {Tool} */ ("circle"));

/** Marks begun and not yet done, by photo: closing the screen by accident loses none.
 * @type {Map<string, Mark[]>}
 */
const begun = new Map();

/** @typedef {{canvas: HTMLCanvasElement, marks: import("../../../vendor/signals-core.js").Signal<Mark[]>, saving: import("../../../vendor/signals-core.js").Signal<boolean>}} Sheet */

/**
 * Draws on a copy of a photo; the photo itself stays as it was taken.
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {string} words
 */
export async function markUp(draft, slot, words) {
  const [photo] = await Promise.all([photoOf(slot.sha256), styled("camera")]);
  if (!photo?.bytes) return void toast({ icon: "info", message: say("mark.gone") });
  const whole = new Blob([photo.bytes], { type: "image/jpeg" });
  const bitmap = await createImageBitmap(whole).catch(() => null);
  if (!bitmap) return void toast({ icon: "alert", message: say("photo.fault_broken") });
  const { width, height } = bitmap;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const sheet = { canvas, marks: signal(begun.get(slot.sha256) ?? []), saving: signal(false) };
  const stop = effect(() => {
    begun.set(slot.sha256, sheet.marks.value);
    drawMarked(canvas, bitmap, sheet.marks.value);
  });
  listen(sheet);
  canvas.setAttribute("aria-label", say("mark.canvas", { x: words }));
  const onClose = () => {
    stop();
    bitmap.close();
  };
  const body = () => screen(draft, slot, sheet);
  show({ kind: "full", title: say("mark.title"), body, close: say("common.close"), onClose });
}

/**
 * Fingers, mice and keys all draw.
 * @param {Sheet} sheet
 */
function listen({ canvas, marks }) {
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", "mark-keys");
  /** @type {Mark | null} */
  let drawing = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = { tool: tool.peek(), points: [pointOf(canvas, event)] };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const before = marks.peek().filter((mark) => mark !== drawing);
    const start = drawing.tool === "line" ? drawing.points : drawing.points.slice(0, 1);
    drawing = { ...drawing, points: [...start, pointOf(canvas, event)] };
    marks.value = [...before, drawing];
  });
  const done = () => {
    const last = drawing;
    drawing = null;
    if (last && !isDrawn(last, canvas)) marks.value = marks.peek().filter((mark) => mark !== last);
  };
  canvas.addEventListener("pointerup", done);
  canvas.addEventListener("pointercancel", done);
  canvas.addEventListener("keydown", (event) => {
    const next = pressed(event, marks.peek(), canvas);
    if (!next) return;
    event.preventDefault();
    marks.value = next;
  });
}

/**
 * Where on the photo a finger is; the photo may be shown smaller than it is.
 * @param {HTMLCanvasElement} canvas
 * @param {PointerEvent} event
 */
function pointOf(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return {
    x: ((clientX - left) * canvas.width) / width,
    y: ((clientY - top) * canvas.height) / height,
  };
}

/** @type {Record<string, (mark: Mark, size: number) => Mark>} */
const MOVES = {
  ArrowLeft: (mark, size) => shifted(mark, -STEP * size, 0),
  ArrowRight: (mark, size) => shifted(mark, STEP * size, 0),
  ArrowUp: (mark, size) => shifted(mark, 0, -STEP * size),
  ArrowDown: (mark, size) => shifted(mark, 0, STEP * size),
  "+": (mark) => scaled(mark, GROW),
  "=": (mark) => scaled(mark, GROW),
  "-": (mark) => scaled(mark, 1 / GROW),
};

/**
 * What a key makes of the marks; undefined for keys that do nothing here.
 * @param {KeyboardEvent} event
 * @param {Mark[]} marks
 * @param {HTMLCanvasElement} canvas
 * @returns {Mark[] | undefined}
 */
function pressed({ key }, marks, canvas) {
  if (key === "Enter" || key === " ") return [...marks, placed(tool.peek(), canvas)];
  if (key === "Backspace" || key === "Delete") return marks.slice(0, -1);
  const move = MOVES[key];
  const last = marks[marks.length - 1];
  if (!move || !last) return undefined;
  return [...marks.slice(0, -1), move(last, Math.max(canvas.width, canvas.height))];
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {Sheet} sheet
 */
function screen(draft, slot, sheet) {
  const { canvas, marks, saving } = sheet;
  const empty = !marks.value.length;
  const undo = () => {
    marks.value = marks.peek().slice(0, -1);
  };
  return html`<div class="cam">
    <p class="cam__what">${say("mark.help")}</p>
    <div class="cam__view mark__view">${canvas}</div>
    <p class="sr" id="mark-keys">${say("mark.keys")}</p>
    <p class="sr" role="status">${say("mark.count", { n: marks.value.length })}</p>
    <div class="mark__tools" role="group" aria-label=${say("mark.tools")}>
      ${TOOLS.map((one) => toolButton(one))}
      <button class="cam__ib" ?disabled=${empty} @click=${undo}>
        ${icon("undo")}<span>${say("common.undo")}</span>
      </button>
    </div>
    <div class="cam__bar">
      <button class="cam__done" @click=${hide}>${say("common.cancel")}</button>
      <button
        class="btn btn--p btn--lg btn--g"
        ?disabled=${empty || saving.value}
        @click=${() => save(draft, slot, sheet)}
      >
        ${saving.value ? icon("spinner") : nothing}${say("mark.done")}
      </button>
    </div>
  </div>`;
}

/** @param {{tool: Tool, icon: string}} one */
function toolButton({ tool: mine, icon: sign }) {
  const choose = () => {
    tool.value = mine;
  };
  return html`<button class="cam__ib" aria-pressed=${tool.value === mine} @click=${choose}>
    ${icon(sign)}<span>${say(`mark.${mine}`)}</span>
  </button>`;
}

/**
 * @param {OpenDraft} draft
 * @param {SlotRow} slot
 * @param {Sheet} sheet
 */
async function save(draft, slot, { canvas, saving }) {
  saving.value = true;
  const { sha256: marked_from, taken_at, item, origin } = slot;
  try {
    const file = new File([await jpegOf(canvas)], "");
    await addPhoto(draft, item, file, origin, { marked_from, taken_at });
    begun.delete(marked_from);
    hide();
    toast({ icon: "check", message: say("mark.kept") });
  } catch {
    // The marks stay on the screen: once there is room, "done" is tapped again.
    toast({ icon: "alert", message: say("mark.not_kept") });
  } finally {
    saving.value = false;
  }
}
