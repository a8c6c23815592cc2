// Fields that belong to one sort of entry (a need for finance, for talent …) show while that sort is chosen.
// Without this script all of them show, and what does not belong is simply left empty.
function refresh(form) {
  for (const part of form.querySelectorAll("[data-only-field]")) {
    const chosen = form.querySelector(`[name="${part.dataset.onlyField}"]`)?.value ?? "";
    part.hidden = !part.dataset.onlyValues.split(" ").includes(chosen);
  }
  for (const group of form.querySelectorAll("fieldset.group")) {
    group.hidden = ![...group.children].some((part) => part.tagName !== "LEGEND" && !part.hidden);
  }
}

for (const form of document.querySelectorAll("form.form-page")) {
  form.addEventListener("change", () => refresh(form));
  refresh(form);
}
