// A chart taken away: as a picture with its finding above and the page it comes from, or as the data of its table.
import { fold, shape } from "./drawing.js";
import { cells, measure } from "./reading.js";

const WIDTH = 1120;
const SHARP = 2;
// What a spreadsheet would run gets an apostrophe, as in the exports of the server (registry/queries/export.py).
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function spreadsheet(rows) {
  const safe = (text) => (FORMULA.test(text) ? `'${text}` : text);
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${rows.map((row) => row.map((text) => quoted(safe(text))).join(",") + "\r\n").join("")}`;
}

function heading(figure) {
  const text = fold(figure.querySelector("figcaption").textContent.trim(), (WIDTH - 32) * 0.74, 4);
  const said = [...document.querySelectorAll(".work-title h1, .work-title .lead")].map((one) => one.textContent.replace(/\s+/g, " ").trim());
  return { text, under: fold(said.join(" · "), WIDTH - 32, 1), lines: text.split("\n").length };
}

function drawing(figure, library) {
  const data = measure(figure);
  const { option, height } = shape(data, WIDTH, heading(figure));
  const chart = library.init(document.createElement("div"), null, { renderer: "svg", width: WIDTH, height });
  chart.setOption({ ...option, backgroundColor: "#fff" });
  const text = chart.renderToSVGString();
  chart.dispose();
  return { text: text.replace(/>/, "><style>text{font-variant-numeric:tabular-nums!important}</style>"), height };
}

async function photographed({ text, height }) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * SHARP;
  canvas.height = height * SHARP;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// Hands the figure over as svg, png or csv.
export async function take(figure, form, library) {
  const name = `${figure.dataset.label}.${form}`;
  if (form === "csv") return give(new Blob([spreadsheet(cells(figure))], { type: "text/csv;charset=utf-8" }), name);
  const made = drawing(figure, library);
  return give(form === "svg" ? new Blob([made.text], { type: "image/svg+xml" }) : await photographed(made), name);
}
