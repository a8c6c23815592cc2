// The review desk: text left, lines right, each leading to the other.
// In a focused line, a accepts, e corrects, r rejects (j and k are the list's own); after a decision the next open line has the focus.
const PLACE = "steering-desk";
const lines = () => [...document.querySelectorAll(".desk-line")];
const keyOf = (line) => line?.querySelector("a[href^='#t']")?.getAttribute("href").slice(2);
const wordsOf = (key) => [...document.querySelectorAll(`.desk-paper a[href$="/targets/${CSS.escape(key)}/"]`)];

function onKey(event) {
  const line = event.target.closest?.(".desk-line");
  if (!line || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const button = line.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

// The words of the line one stands on are lit, and brought into view within the text.
function light(event) {
  const key = keyOf(event.target.closest?.(".desk-line"));
  if (!key) return;
  for (const one of document.querySelectorAll(".desk-paper .is-lit")) one.classList.remove("is-lit");
  const words = wordsOf(key);
  for (const one of words) one.classList.add("is-lit");
  bringIntoView(words[0]);
}

function bringIntoView(word) {
  const paper = word?.closest(".desk-paper");
  if (!paper) return;
  const [there, here] = [word.getBoundingClientRect(), paper.getBoundingClientRect()];
  if (there.top < here.top || there.bottom > here.bottom)
    paper.scrollTop += there.top - here.top - paper.clientHeight / 3;
}

// Pressing words in the text leads to their line.
function leadToLine(event) {
  const word = event.target.closest?.(".desk-paper a[data-why]");
  const line = word && lines().find((one) => wordsOf(keyOf(one)).includes(word));
  if (!line) return;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
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
document.addEventListener("click", leadToLine);
document.querySelector(".desk-lines")?.addEventListener("submit", keepPlace);
goBack();
