// Choosing many assignments at once: a box that ticks the whole page, and how many are ticked. The
// page works without it, box by box.

const list = document.querySelector("[data-picks]");

/** The boxes people can see: the table's on a desk, the cards' on a phone. */
function boxes() {
  /** @type {NodeListOf<HTMLInputElement> | undefined} */
  const found = list?.querySelectorAll("input.pick[name]");
  return [...(found ?? [])].filter((box) => box.offsetParent !== null);
}

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-picked]"))
    place.textContent = ticked ? `(${ticked})` : "";
  /** @type {HTMLInputElement | null} */
  const all = document.querySelector("[data-pick-all] input");
  if (!all) return;
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && !all.checked;
}

function offerAll() {
  const place = document.querySelector("[data-pick-all]");
  if (!place || !boxes().length) return;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "pick";
  all.setAttribute("aria-label", place.previousElementSibling?.textContent ?? "");
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  place.append(all);
}

if (list) {
  offerAll();
  list.addEventListener("change", count);
  count();
}
