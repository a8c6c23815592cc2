// Navigation (folded, drawer), menus, the search key and forms that must not be sent twice.
const page = document.documentElement;

export function remember(name, value) {
  try {
    localStorage.setItem(`huanchuang.${name}`, value);
  } catch {
    // Private windows may refuse; the frame then starts as it comes.
  }
}

export function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null && target.closest !== undefined;
}

function fold() {
  const folded = page.classList.toggle("side-folded");
  remember("side", folded ? "folded" : "wide");
  document.querySelector("[data-deed=fold]")?.setAttribute("aria-pressed", String(folded));
}

function drawer(open) {
  page.classList.toggle("drawer-open", open);
  document.querySelector("[data-deed=drawer]")?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#side a")?.focus();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

function onClick(event) {
  closeMenus(event.target.closest("details.menu"));
  const deed = event.target.closest("[data-deed]")?.dataset.deed;
  if (deed === "fold") fold();
  if (deed === "drawer") drawer(!page.classList.contains("drawer-open"));
  if (deed === "close-all") drawer(false);
  if (deed === "print") window.print();
}

function onKey(event) {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    closeMenus();
    menu?.querySelector("summary").focus();
    if (page.classList.contains("drawer-open")) {
      drawer(false);
      document.querySelector("[data-deed=drawer]")?.focus();
    }
  }
  if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
    const box = [...document.querySelectorAll("#page-search, #top-search")].find((one) => one.offsetParent !== null);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }
}

// A second press within the same page load is the commonest way to send a form twice.
function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
}

export function startFrame() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.querySelector("[data-deed=fold]")?.setAttribute("aria-pressed", String(page.classList.contains("side-folded")));
}
