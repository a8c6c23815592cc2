// Lists by keyboard: up and down (or k and j) move through rows marked data-row, Enter follows the row's first link.
import { isTyping } from "./frame.js";

function rowsAround(row) {
  return [...row.closest("[data-rows]").querySelectorAll("[data-row]")];
}

function step(from, by) {
  const list = from.closest?.("[data-rows]") ?? document.querySelector("[data-rows]");
  if (!list) return null;
  const rows = [...list.querySelectorAll("[data-row]")];
  const here = rows.indexOf(from.closest?.("[data-row]"));
  return rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
}

function onKey(event) {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const inList = event.target.closest?.("[data-rows]");
  const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (by && (inList || event.target === document.body)) {
    const row = step(event.target, by);
    if (!row) return;
    event.preventDefault();
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }
  if (event.key === "Enter" && event.target.matches?.("[data-row]")) event.target.querySelector("a[href]")?.click();
  if (event.key === "x" && event.target.matches?.("[data-row]")) event.target.querySelector("input[type=checkbox]")?.click();
}

// One stop of the Tab key per list: the row last used, or the first.
function onFocus(event) {
  const row = event.target.closest?.("[data-row]");
  if (!row || !row.closest("[data-rows]")) return;
  for (const one of rowsAround(row)) one.tabIndex = one === row ? 0 : -1;
}

function dress(root) {
  for (const list of root.querySelectorAll("[data-rows]"))
    [...list.querySelectorAll("[data-row]")].forEach((row, place) => (row.tabIndex = place ? -1 : 0));
}

export function startLists() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("htmx:load", (event) => dress(event.target));
  dress(document);
}
