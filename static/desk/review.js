// Looking through evidence by keyboard and pointer, and what a correction would do while it is
// typed. Without scripts the same links and buttons do the same.

export {};

const PAUSE = 400;
const LARGE = "viewer__pane--zoom";

/** @type {HTMLElement | null} */
const pane = document.querySelector("[data-pane]");
/** @type {HTMLElement | null} */
const button = document.querySelector("[data-zoom]");
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-live]");

/** Follows the link of the page that leads there.
 * @param {string} way */
function follow(way) {
  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector(`[data-viewer] a[rel="${way}"]`);
  link?.click();
}

/** Shows the photo whole or large, around a point given in parts of it.
 * @param {number} x @param {number} y */
function zoom(x = 0.5, y = 0.5) {
  if (!pane) return;
  const large = pane.classList.toggle(LARGE);
  button?.setAttribute("aria-current", String(large));
  if (large)
    pane.scrollTo(
      pane.scrollWidth * x - pane.clientWidth / 2,
      pane.scrollHeight * y - pane.clientHeight / 2,
    );
}

/** Lets a large photo be dragged; a press that does not move makes it large or whole again.
 * @param {HTMLElement} area */
function drag(area) {
  let from = { x: 0, y: 0, left: 0, top: 0 };
  area.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, left: area.scrollLeft, top: area.scrollTop };
    if (area.classList.contains(LARGE)) event.preventDefault();
  });
  area.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 1)
      area.scrollTo(from.left + from.x - event.clientX, from.top + from.y - event.clientY);
  });
  area.addEventListener("click", (event) => {
    const box = area.querySelector("img")?.getBoundingClientRect();
    const still = Math.hypot(event.clientX - from.x, event.clientY - from.y) <= 6;
    if (box && still)
      zoom((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
}

/** Asks the server what the correction would do, and shows its words.
 * @param {HTMLFormElement} asked */
async function preview(asked) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(asked)) body.append(name, String(value));
  body.set("step", "preview");
  const answer = await fetch(asked.action, { method: "POST", body });
  const said = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = answer.ok ? said.querySelector("#preview") : null;
  asked.querySelector("#preview")?.replaceChildren(...(fresh?.childNodes ?? []));
}

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowLeft: () => follow("prev"),
  ArrowRight: () => follow("next"),
  z: () => zoom(),
  Escape: () => pane?.classList.contains(LARGE) && zoom(),
};

const SIZING = new Set(["z", "Escape"]);

/** Whether the key belongs to something else: a field, the browser, a large photo that scrolls.
 * @param {KeyboardEvent} event */
function taken(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  const field = event.target instanceof Element && event.target.closest("input, textarea, select");
  return Boolean(field) || (!SIZING.has(event.key) && Boolean(pane?.classList.contains(LARGE)));
}

if (pane) drag(pane);

button?.addEventListener("click", (event) => {
  event.preventDefault();
  zoom();
});

document.addEventListener("keydown", (event) => {
  if (!taken(event)) KEYS[event.key]?.();
});

let waiting = 0;
form?.addEventListener("input", (event) => {
  if (event.target instanceof HTMLTextAreaElement) return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => preview(form).catch(() => {}), PAUSE);
});
