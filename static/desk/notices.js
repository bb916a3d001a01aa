// Choosing notices: how many are chosen, and all of a page at once. Without scripts the boxes work alone.

const bar = document.querySelector(".batchbar");
const said = bar?.querySelector("[data-chosen]");
const all = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-all]"));
const usual = said?.textContent ?? "";

/** The boxes that can be seen: a phone and a desk have their own. */
const boxes = () =>
  [
    .../** @type {NodeListOf<HTMLInputElement>} */ (
      document.querySelectorAll('input[name="pick"]')
    ),
  ].filter((box) => box.offsetParent !== null);

const tell = () => {
  const shown = boxes();
  const n = shown.filter((box) => box.checked).length;
  bar?.classList.toggle("on", n > 0);
  if (said instanceof HTMLElement)
    said.textContent = n ? (said.dataset.chosen ?? "").replace("%", String(n)) : usual;
  if (all) {
    all.checked = n > 0 && n === shown.length;
    all.indeterminate = n > 0 && n < shown.length;
  }
};

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    const { checked } = all;
    for (const box of boxes()) box.checked = checked;
    tell();
  });
}
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.name === "pick") tell();
});
addEventListener("pageshow", tell);
export {};
