// The review desk: text left, lines right, each leading to the other.
// In a focused line: a accepts, e corrects, r rejects, s splits, u takes back (j, k and x are the list's own); m merges the
// ticked lines, n makes a line of the words selected in the text. After a decision the next open line has the focus.
const PLACE = "steering-desk";
const paper = () => document.querySelector(".desk-paper");
const lines = () => [...document.querySelectorAll(".desk-line")];
const keyOf = (line) => line?.dataset.line;
const wordsOf = (key) => [...document.querySelectorAll(`.desk-paper a[href$="/targets/${CSS.escape(key)}/"]`)];
const here = document.getElementById("desk-add-here");

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "n" && !here.hidden) return press(event, here);
  if (event.key === "m") return press(event, document.querySelector("[data-batch]:not([hidden]) [data-merge]"));
  const line = event.target.closest?.(".desk-line");
  if (line) press(event, line.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
}

function press(event, button) {
  if (!button) return;
  event.preventDefault();
  button.click();
}

// The words of the line one stands on are lit, and brought into view within the text; another part of a long text is fetched.
async function light(event) {
  const line = event.target.closest?.(".desk-line");
  const key = keyOf(line);
  if (!key) return;
  if (!isOpen(Number(line.dataset.start))) await open(`?t=${key}`);
  for (const one of document.querySelectorAll(".desk-paper .is-lit")) one.classList.remove("is-lit");
  const words = wordsOf(key);
  for (const one of words) one.classList.add("is-lit");
  bringIntoView(words[0]);
}

function isOpen(place) {
  const { from, to } = document.querySelector(".desk-paper .paper").dataset;
  return Number(from) <= place && place < Number(to);
}

async function open(query) {
  await window.htmx.ajax("GET", paper().dataset.text + query, { target: ".desk-paper", swap: "innerHTML" });
  paper().scrollTop = 0;
}

function bringIntoView(word) {
  const around = word?.closest(".desk-paper");
  if (!around) return;
  const [there, now] = [word.getBoundingClientRect(), around.getBoundingClientRect()];
  if (there.top < now.top || there.bottom > now.bottom) around.scrollTop += there.top - now.top - around.clientHeight / 3;
}

// Pressing words in the text leads to their line; pressing at the end of a selection only ends it.
function leadToLine(event) {
  const turn = event.target.closest?.(".window-nav a, .desk-paper > p a[href*='at=']");
  if (turn) {
    event.preventDefault();
    return open(new URL(turn.href).search);
  }
  const word = event.target.closest?.(".desk-paper a[data-why]");
  if (word && selected()) {
    event.preventDefault();
    return event.stopImmediatePropagation();
  }
  const line = word && lines().find((one) => wordsOf(keyOf(one)).includes(word));
  if (!line) return;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
}

// Where a point of the page stands in the text: characters are counted as the server counts them.
function placeOf(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p[data-at]");
  if (!paragraph) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  const own = [...paragraph.childNodes].filter((one) => !one.classList?.contains("paper-task"));
  const length = [...own.map((one) => one.textContent).join("")].length;
  return Number(paragraph.dataset.at) + Math.min([...range.toString()].length, length);
}

function selected() {
  const choice = window.getSelection();
  if (!choice || choice.isCollapsed || !choice.rangeCount) return null;
  const range = choice.getRangeAt(0);
  if (!paper().contains(range.commonAncestorContainer)) return null;
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  return start !== null && end !== null && start < end ? { start, end, box: range.getBoundingClientRect() } : null;
}

function offerToAdd() {
  const found = selected();
  here.hidden = !found;
  if (!found) return;
  here.href = `${paper().dataset.add}?start=${found.start}&end=${found.end}`;
  const frame = here.offsetParent.getBoundingClientRect();
  here.style.top = `${Math.max(found.box.bottom - frame.top + 4, 0)}px`;
  here.style.left = `${Math.max(found.box.left - frame.left, 0)}px`;
}

function keepPlace(event) {
  const decided = event.submitter?.closest(".desk-line");
  const all = lines();
  const after = all.slice(all.indexOf(decided) + 1).find((one) => one.matches(".desk-proposed"));
  sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, y: window.scrollY, next: keyOf(after) }));
}

function goBack() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  sessionStorage.removeItem(PLACE);
  const next = kept.next && lines().find((one) => keyOf(one) === kept.next);
  if (kept.path === location.pathname) window.scrollTo(0, kept.y);
  const line = next || document.querySelector(".desk-proposed");
  line?.focus({ preventScroll: true });
  if (kept.path === location.pathname) line?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", light);
document.addEventListener("click", leadToLine, true);
document.addEventListener("selectionchange", offerToAdd);
document.querySelector(".desk-lines")?.addEventListener("submit", keepPlace);
goBack();
