/** Lays the photo from after over the one from before, with a slider between them. */

for (const pair of document.querySelectorAll("[data-compare]")) {
  if (pair instanceof HTMLElement && pair.querySelectorAll("img").length === 2) offer(pair);
}

/** @param {HTMLElement} pair */
function offer(pair) {
  const template = document.getElementById("compare-bar");
  if (!(template instanceof HTMLTemplateElement)) return;
  const words = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const bar = words.querySelector("div");
  const button = words.querySelector("button");
  if (!bar || !button) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.hidden = true;
  slider.setAttribute("aria-label", (button.textContent || "").trim());
  bar.append(slider);
  button.addEventListener("click", () => {
    const slides = pair.classList.toggle("pair--slide");
    button.setAttribute("aria-pressed", String(slides));
    slider.hidden = !slides;
    if (slides) slider.focus();
  });
  slider.addEventListener("input", () => pair.style.setProperty("--at", `${slider.value}%`));
  pair.after(bar);
}
