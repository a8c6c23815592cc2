// What a table says: its columns that are to be drawn, its rows, and the text of any cell as people read it.
const MOST = { bars: 30, columns: 36, lines: 400 };
const BESIDE = ".visually-hidden, .row-second, .row-note, .muted, .ti";
// Powers of ten of 分 in the units of money, the largest first.
const MONEY = [["亿元", 1e10], ["万元", 1e6], ["元", 1e2]];

export function words(cell) {
  const copy = cell.cloneNode(true);
  for (const one of copy.querySelectorAll(BESIDE)) one.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function number(cell) {
  const text = cell.dataset.worth ?? words(cell).replace(/[,%\s]/g, "");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

function scale(columns, rows) {
  const at = columns.flatMap((one, place) => (one.unit === "fen" ? [place] : []));
  if (!at.length) return;
  const largest = Math.max(0, ...rows.flatMap((row) => at.map((place) => Math.abs(row.values[place] ?? 0))));
  const [unit, of] = MONEY.find(([, size]) => largest >= size) ?? MONEY.at(-1);
  for (const place of at) columns[place].unit = unit;
  for (const row of rows) for (const place of at) if (row.values[place] !== null) row.values[place] /= of;
}

// The data of a figure: kind, columns {name, way, tone, unit}, rows {name, day, values, texts}, and how many rows are left out.
export function measure(figure) {
  const table = figure.querySelector(".chart-table table");
  const kind = figure.dataset.chart;
  const columns = [...table.tHead.rows[0].cells].flatMap((head, at) =>
    head.dataset.drawn ? [{ at, name: words(head), way: head.dataset.drawn, tone: head.dataset.tone, unit: head.dataset.unit }] : [],
  );
  const all = [...table.tBodies[0].rows].map((row) => ({
    name: words(row.cells[0]),
    values: columns.map((one) => number(row.cells[one.at])),
    texts: columns.map((one) => words(row.cells[one.at])),
  }));
  const rows = all.slice(0, MOST[kind]);
  scale(columns, rows);
  return { kind, columns, rows, rest: all.length - rows.length };
}

// Every row of the table as people read it, for a spreadsheet.
export function cells(figure) {
  const table = figure.querySelector(".chart-table table");
  return [...table.rows].map((row) => [...row.cells].map(words));
}
