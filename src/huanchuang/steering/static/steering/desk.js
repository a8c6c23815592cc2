// The review desk by keyboard: in a focused line, a accepts, e corrects, r rejects. j and k are the list's own.
// After a decision the page comes back where the officer was.
const PLACE = "steering-desk";

function onKey(event) {
  const line = event.target.closest?.(".desk-line");
  if (!line || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const button = line.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function keepPlace() {
  sessionStorage.setItem(PLACE, `${location.pathname} ${window.scrollY}`);
}

function goBack() {
  const [path, place] = (sessionStorage.getItem(PLACE) ?? "").split(" ");
  sessionStorage.removeItem(PLACE);
  if (path === location.pathname) window.scrollTo(0, Number(place));
  document.querySelector(".desk-proposed")?.focus({ preventScroll: true });
}

// Pressing a line's name also brings its words into view on the left.
function showWords(event) {
  const link = event.target.closest?.(".desk-line a[href^='#t']");
  document.getElementById(link?.getAttribute("href").slice(1) ?? "")?.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", showWords);
document.querySelector(".desk-lines")?.addEventListener("submit", keepPlace);
goBack();
