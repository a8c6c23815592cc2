// Ticked rows: the batch bar appears with their number; one box ticks the whole page; Shift ticks a range.
let last = null;

const boxes = (form) => [...form.querySelectorAll("input[data-tick]")];

function refresh(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked).length;
  const bar = form.querySelector("[data-batch]");
  if (bar) {
    bar.hidden = ticked === 0;
    bar.querySelector("[data-batch-count]").textContent = String(ticked);
  }
  const whole = form.querySelector("input[data-tick-all]");
  if (whole) {
    whole.checked = ticked > 0 && ticked === all.length;
    whole.indeterminate = ticked > 0 && ticked < all.length;
  }
}

function onClick(event) {
  const form = event.target.closest?.("form");
  if (!form) return;
  if (event.target.matches("input[data-tick-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  if (event.target.matches("input[data-tick]")) {
    const all = boxes(form);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
      for (const box of all.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = event.target;
  }
  if (event.target.matches("input[data-tick], input[data-tick-all]")) refresh(form);
}

export function startBatch() {
  document.addEventListener("click", onClick);
  for (const bar of document.querySelectorAll("[data-batch]")) refresh(bar.closest("form"));
}
