// Puts a text that is shown once on the clipboard; where the browser refuses (no https), selects it so that one key does.
async function copy(button) {
  const box = button.closest(".copyable");
  const text = box.querySelector("code");
  const told = box.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(text.textContent);
    told.textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(text);
    told.textContent = button.dataset.selected;
  }
}

export function startCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
