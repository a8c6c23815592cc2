// Names are suggested while somebody types one. Without this script the name is typed in full and found all the same.
// The kind of entries stands at the box, or in the last part of the value of the box that `suggestBy` names.
const PAUSE = 180;

function kindFor(box) {
  const by = box.dataset.suggestBy && document.getElementById(box.dataset.suggestBy);
  return by ? by.value.split(":").pop() : box.dataset.suggestKind;
}

async function fill(box, list) {
  const kind = kindFor(box), text = box.value.trim();
  if (!kind || !text) return list.replaceChildren();
  const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ kind, q: text })}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || box.value.trim() !== text) return;
  const { suggestions } = await answer.json();
  list.replaceChildren(...suggestions.map(({ value, hint }) => {
    const option = document.createElement("option");
    option.value = value;
    if (hint) option.label = hint;
    return option;
  }));
}

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-names`;
  box.after(list);
  box.setAttribute("list", list.id);
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fill(box, list), PAUSE);
  });
}
