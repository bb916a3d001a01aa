/* Taking an inspector's note over without asking the server; without scripts the button asks it. */

for (const button of document.querySelectorAll("button[data-use]")) {
  button.addEventListener("click", (event) => {
    if (!(button instanceof HTMLButtonElement)) return;
    const field = document.querySelector(`[data-wording="${button.dataset.use}"]`);
    if (!(field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    field.value = button.dataset.text ?? "";
    field.focus();
  });
}
