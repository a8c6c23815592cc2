// The writing desk: a figure is put where the cursor stood in the text; Ctrl+S saves; the place on the page is kept.
const body = document.querySelector("textarea[name=body]");
const at = document.querySelector("input[name=at]");
const PLACE = "steering-writing";

function remember() {
  if (at) at.value = String(body.selectionEnd);
}

function save(event) {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  body.form.requestSubmit(body.form.querySelector("button[value=save]"));
}

function keep() {
  const place = { path: location.pathname, y: window.scrollY, text: body.scrollTop, caret: body.selectionEnd };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
}

function goBack() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  sessionStorage.removeItem(PLACE);
  if (kept.path !== location.pathname) return;
  body.scrollTop = kept.text;
  body.setSelectionRange(kept.caret, kept.caret);
  if (!location.hash) window.scrollTo(0, kept.y);
}

if (body) {
  for (const name of ["blur", "select", "click", "keyup"]) body.addEventListener(name, remember);
  document.addEventListener("keydown", save);
  body.form.addEventListener("submit", keep);
  goBack();
}
