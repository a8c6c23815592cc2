// The why panel: any element with data-why="<url>" shows the reasons of what it stands for, always in the same place.
import { isTyping, remember } from "./frame.js";

const page = document.documentElement;
let opener = null;

const panel = () => document.getElementById("why");
const body = () => document.getElementById("why-body");

function show(open, { focus = false } = {}) {
  if (!panel()) return;
  page.classList.toggle("why-open", open);
  remember("why", open ? "open" : "closed");
  document.querySelector("[data-deed=why-toggle]")?.setAttribute("aria-expanded", String(open));
  if (open && focus) panel().focus();
  if (!open && opener?.isConnected) opener.focus();
  if (!open) opener = null;
}

function mark(chosen) {
  for (const one of document.querySelectorAll("[data-why].is-chosen")) one.classList.remove("is-chosen");
  chosen.classList.add("is-chosen");
}

function failed() {
  body().replaceChildren(document.getElementById("why-failed").content.cloneNode(true));
}

async function load(chosen) {
  opener = chosen;
  mark(chosen);
  show(true);
  body().setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", chosen.dataset.why, { target: "#why-body", swap: "innerHTML" });
  body().removeAttribute("aria-busy");
  body().scrollTop = 0;
}

function onClick(event) {
  const deed = event.target.closest("[data-deed]")?.dataset.deed;
  if (deed === "why-toggle") return show(!page.classList.contains("why-open"), { focus: true });
  if (deed === "why-close" || deed === "close-all") return show(false);
  const chosen = event.target.closest("[data-why]");
  if (!chosen || !panel() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const inner = event.target.closest("a, button, input, select, label, summary");
  if (inner && inner !== chosen && chosen.contains(inner)) return;
  event.preventDefault();
  load(chosen);
}

function onKey(event) {
  if (event.key === "Escape" && page.classList.contains("why-open") && !page.classList.contains("drawer-open")) show(false);
  if (event.key === "?" && !isTyping(event.target)) {
    event.preventDefault();
    show(!page.classList.contains("why-open"), { focus: true });
  }
  if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("[data-why]:not(a, button)")) {
    event.preventDefault();
    load(event.target);
  }
}

// What is not a link or a button by itself becomes one for the keyboard and the screen reader.
function dress(root) {
  for (const one of root.querySelectorAll("[data-why]:not(a, button, tr)")) {
    one.tabIndex = 0;
    one.setAttribute("role", "button");
  }
}

export function startWhy() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:load", (event) => dress(event.target));
  for (const name of ["htmx:responseError", "htmx:sendError"])
    document.addEventListener(name, (event) => event.detail.target?.id === "why-body" && failed());
  dress(document);
  document.querySelector("[data-deed=why-toggle]")?.setAttribute("aria-expanded", String(page.classList.contains("why-open")));
}
