// Charts: each figure[data-chart] draws the table inside of it, and gives it away as a picture or as data.
// The library is fetched only where there is something to draw; where it cannot be had, the table stays.
import { remember } from "./frame.js";
import { shape } from "./drawing.js";
import { take } from "./taking.js";
import { measure } from "./reading.js";

const drawn = new WeakMap();
const watch = new ResizeObserver((seen) => seen.forEach((one) => redraw(one.target.closest("figure"))));

// Who works in the table finds it the next time too.
function chosen(figure) {
  try {
    return localStorage.getItem(`huanchuang.view.${figure.dataset.label}`) === "table" ? "table" : "drawn";
  } catch {
    return "drawn";
  }
}

function board(figure) {
  return figure.querySelector(".chart-drawn");
}

function redraw(figure) {
  const one = drawn.get(figure);
  const width = board(figure).clientWidth;
  if (!one || !width || width === one.width) return;
  one.width = width;
  const { option, height } = shape(one.data, width);
  board(figure).style.height = `${height}px`;
  one.chart.resize({ width, height });
  one.chart.setOption(option, { notMerge: true });
  const picture = board(figure).querySelector("svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("aria-hidden", "true");
}

function show(figure, view) {
  board(figure).hidden = view !== "drawn";
  figure.querySelector(".chart-rest").hidden = view !== "drawn" || !drawn.get(figure).data.rest;
  figure.querySelector(".chart-table").hidden = view !== "table";
  for (const button of figure.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  if (view === "drawn") redraw(figure);
}

async function begin(figure) {
  const data = measure(figure);
  if (figure.dataset.begun || !data.rows.length) return;
  figure.dataset.begun = "1";
  if (!globalThis.echarts) await import(figure.dataset.library);
  board(figure).hidden = false; // it has no width before
  const chart = globalThis.echarts.init(board(figure), null, { renderer: "svg", width: board(figure).clientWidth, height: 200 });
  drawn.set(figure, { chart, data, width: 0 });
  figure.querySelector(".chart-tools").hidden = false;
  const rest = figure.dataset.rest.replace("{shown}", data.rows.length).replace("{rest}", data.rest);
  figure.querySelector(".chart-rest").textContent = data.rest ? rest : "";
  show(figure, chosen(figure));
  watch.observe(board(figure));
}

function onClick(event) {
  const button = event.target.closest("figure[data-chart] button");
  const figure = button?.closest("figure");
  if (!figure) return;
  if (button.dataset.view) {
    show(figure, button.dataset.view);
    remember(`view.${figure.dataset.label}`, button.dataset.view);
  }
  if (button.dataset.take) take(figure, button.dataset.take, globalThis.echarts);
}

// What htmx takes away is let go of.
function onLeave(event) {
  for (const figure of event.target.querySelectorAll?.("figure[data-chart]") ?? []) {
    watch.unobserve(board(figure));
    drawn.get(figure)?.chart.dispose();
  }
}

function beginAll(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]")) begin(figure);
}

document.addEventListener("click", onClick);
document.addEventListener("htmx:beforeCleanupElement", onLeave);
document.addEventListener("htmx:load", (event) => beginAll(event.target));
beginAll(document);
