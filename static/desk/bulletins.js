// The sections of an issue, with a script: they are dragged by their handle or moved by their buttons
// without leaving the page, and kept with the rest of the draft. Without one a button saves and moves.

const sections = document.querySelector("[data-order]");

function rows() {
  return [...(sections?.children ?? [])];
}

/** The first goes no further up, the last no further down. */
function endMoves() {
  for (const [place, row] of rows().entries()) {
    for (const button of row.querySelectorAll("button")) {
      const last = button.value.startsWith("up") ? 0 : rows().length - 1;
      button.disabled = place === last;
    }
  }
}

function noteChange() {
  const note = document.querySelector("[data-unsaved]");
  if (note instanceof HTMLElement) note.hidden = false;
}

/** Says where a section stands now, for who does not see it. */
function tell(/** @type {Element} */ row) {
  const said = document.querySelector("[data-told]");
  const sentence = sections instanceof HTMLElement ? (sections.dataset["moved"] ?? "") : "";
  if (said)
    said.textContent = sentence
      .replace("{section}", row.querySelector("label")?.textContent ?? "")
      .replace("{n}", String(rows().indexOf(row) + 1))
      .replace("{all}", String(rows().length));
}

/** Moves the section of a button by one; the keyboard keeps its place. */
function step(/** @type {HTMLButtonElement} */ button, /** @type {Element} */ row) {
  const beside = button.value.startsWith("up")
    ? row.previousElementSibling
    : row.nextElementSibling;
  if (button.value.startsWith("up")) beside?.before(row);
  else beside?.after(row);
  endMoves();
  const next = button.disabled ? row.querySelector("button:enabled") : button;
  if (next instanceof HTMLElement) next.focus();
  noteChange();
  tell(row);
}

function pressed(/** @type {Event} */ event) {
  const button = event.target instanceof Element && event.target.closest("button");
  const row = button && button.closest("li");
  if (!button || !row) return;
  event.preventDefault();
  step(button, row);
}

/**
 * The row goes where it is dragged to. The others are moved around it: taken out of the page, even for
 * a moment, it would let go of the pointer.
 * @param {Element} row
 * @param {number} y
 */
function hang(row, y) {
  const over = rows().find((other) => {
    const { top, bottom } = other.getBoundingClientRect();
    return other !== row && y >= top && y <= bottom;
  });
  if (!over) return;
  const { top, height } = over.getBoundingClientRect();
  const between = rows().slice(rows().indexOf(row) + 1, rows().indexOf(over) + 1);
  if (between.length) {
    if (y > top + height / 2) row.before(...between);
  } else if (y < top + height / 2)
    row.after(...rows().slice(rows().indexOf(over), rows().indexOf(row)));
}

function watchGrip(/** @type {HTMLElement} */ grip) {
  const row = grip.closest("li");
  if (!row) return;
  /** @type {Element | null} */
  let behind = null;
  grip.hidden = false;
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    behind = row.nextElementSibling;
    grip.setPointerCapture(event.pointerId);
    row.classList.add("bull__held");
  });
  grip.addEventListener("pointermove", (event) => {
    if (grip.hasPointerCapture(event.pointerId)) hang(row, event.clientY);
  });
  grip.addEventListener("lostpointercapture", () => {
    row.classList.remove("bull__held");
    if (behind === row.nextElementSibling) return;
    endMoves();
    noteChange();
    tell(row);
  });
}

if (sections) {
  for (const grip of sections.querySelectorAll("[data-grip]"))
    if (grip instanceof HTMLElement) watchGrip(grip);
  const hint = document.querySelector("[data-drags]");
  if (hint instanceof HTMLElement) hint.hidden = false;
  sections.addEventListener("click", pressed);
  sections.addEventListener("change", noteChange);
}
