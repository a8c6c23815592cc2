// Runs before the first paint so that a folded navigation or an open why panel does not jump into place.
(() => {
  const page = document.documentElement;
  page.classList.add("js");
  try {
    if (localStorage.getItem("huanchuang.side") === "folded") page.classList.add("side-folded");
    if (localStorage.getItem("huanchuang.why") === "open" && innerWidth >= 1200) page.classList.add("why-open");
  } catch {
    // A browser that keeps nothing shows the frame as it comes.
  }
})();
