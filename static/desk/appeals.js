// Appeals, with a script: the effect of a verdict shows as it is chosen, j and k go through the
// list, and photos are made smaller before a form takes them along. Without one all of it works.

const LONGEST_SIDE = 1600;
const LARGEST_FORM = 7_500_000;

/** The button says what it will do. */
function nameButton(/** @type {HTMLFormElement} */ form) {
  const button = form.querySelector("[data-decide]");
  const chosen = form.querySelector('input[name="verdict"]:checked');
  if (!(button instanceof HTMLElement) || !(chosen instanceof HTMLInputElement)) return;
  const key = chosen.value === "grant_part" ? "grantPart" : chosen.value;
  button.textContent = button.dataset[key] ?? button.textContent;
}

/** What was asked of the verdict that was chosen before: its answer may come after the next one. */
let asking = new AbortController();

/** Asks what the chosen verdict would do, and shows that part of the answer. */
async function weigh(/** @type {HTMLFormElement} */ form, /** @type {string} */ address) {
  const shown = document.querySelector("#effect");
  if (!shown) return;
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  shown.setAttribute("aria-busy", "true");
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  try {
    const answer = await fetch(address, { method: "POST", body, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#effect");
    if (fresh) shown.replaceChildren(...fresh.childNodes);
    shown.removeAttribute("aria-busy");
  } catch (fault) {
    if (signal.aborted) return;
    shown.removeAttribute("aria-busy");
    throw fault;
  }
}

function watchRuling(/** @type {HTMLFormElement} */ form) {
  const trial = form.querySelector("[data-trial]");
  if (!(trial instanceof HTMLButtonElement)) return;
  const address = trial.formAction;
  const ask = () => {
    nameButton(form);
    weigh(form, address).catch(() => {
      trial.hidden = false;
    });
  };
  trial.hidden = true;
  nameButton(form);
  // What was chosen before this script was here, or is chosen still after going back.
  const early = form.querySelector('input[name="verdict"]:checked:not([checked])');
  if (early) ask();
  form.addEventListener("change", (event) => {
    const field = event.target;
    const name =
      field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.name : "";
    if (name === "choice") {
      const part = form.querySelector('input[value="grant_part"]');
      if (part instanceof HTMLInputElement) part.checked = true;
    }
    if (name === "verdict" || name === "choice") ask();
  });
}

/** j and k: the next and the one before in the list beside. */
function goBeside(/** @type {KeyboardEvent} */ event) {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const links = [...document.querySelectorAll(".beside a")];
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here + step];
  if (next instanceof HTMLAnchorElement) next.click();
}

/** A photo no larger than anybody looks at it; anything else as it is. */
async function smaller(/** @type {File} */ file) {
  if (!file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < 1_000_000) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return made instanceof Blob ? new File([made], file.name, { type: "image/jpeg" }) : file;
}

function watchFiles(/** @type {HTMLInputElement} */ input) {
  input.addEventListener("change", async () => {
    const kept = new DataTransfer();
    for (const file of input.files ?? []) kept.items.add(await smaller(file).catch(() => file));
    input.files = kept.files;
    const size = [...kept.files].reduce((sum, file) => sum + file.size, 0);
    const many = kept.files.length > Number(input.dataset["most"]);
    const large = size > LARGEST_FORM || many;
    input.setCustomValidity(large ? (input.dataset["large"] ?? "") : "");
    input.reportValidity();
  });
}

for (const form of document.querySelectorAll("form[data-ruling]")) {
  if (form instanceof HTMLFormElement) watchRuling(form);
}
for (const input of document.querySelectorAll("form[data-shrinks] input[type=file]")) {
  if (input instanceof HTMLInputElement) watchFiles(input);
}
document.addEventListener("keydown", goBeside);
