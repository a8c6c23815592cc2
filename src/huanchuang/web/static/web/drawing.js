// From data to the option of ECharts: ink, one blue and grey; what is told apart by colour is told apart by pattern too.
const SMALL = 480;
const LINE = 16;
const FONT = 12;
const ROW = 30;
const HEAD = 34;

const page = getComputedStyle(document.documentElement);
const ink = (name) => page.getPropertyValue(`--${name}`).trim();
// Single quotes: ECharts writes the family into attributes of the picture as it stands.
const face = () => getComputedStyle(document.body).fontFamily.replaceAll('"', "'");
const TEXT = () => ({ color: ink("ink-2"), fontFamily: face(), fontSize: FONT });
const HATCH = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 };
const DOTS = { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 };
const TONES = {
  blue: () => ({ color: ink("blue"), decal: { symbol: "none" } }),
  light: () => ({ color: "#dde6f7", borderColor: ink("blue"), borderWidth: 1, decal: { ...HATCH, color: "#1b55c78c" } }),
  ink: () => ({ color: ink("ink-2"), decal: { symbol: "none" } }),
  grey: () => ({ color: ink("wash-2"), borderColor: ink("grey"), borderWidth: 1, decal: { ...DOTS, color: "#646b7599" } }),
};

const pen = document.createElement("canvas").getContext("2d");
function wide(text) {
  pen.font = `${FONT}px ${face()}`;
  return pen.measureText(text).width;
}

// Where a line may end: after a word of letters, after any other sign.
function pieces(text, room) {
  return text.match(/[\p{Script=Latin}\p{N}()&'’.,/-]+\s*|./gu)?.flatMap((piece) => (wide(piece) > room ? [...piece] : [piece])) ?? [];
}

// A name in at most `lines` lines of `room` pixels; what does not fit ends in …, the whole stands in the tip and the table.
export function fold(text, room, lines = 2) {
  const made = [""];
  for (const piece of pieces(text, room)) {
    if (wide((made.at(-1) + piece).trimEnd()) <= room) made[made.length - 1] += piece;
    else if (made.length < lines) made.push(piece);
    else {
      made[made.length - 1] = `${made.at(-1).slice(0, -1).trimEnd()}…`;
      break;
    }
  }
  return made.map((line) => line.trim()).join("\n");
}

function tip(data, places) {
  const box = document.createElement("div");
  const row = data.rows[places[0]?.dataIndex];
  if (!row) return box;
  const head = box.appendChild(document.createElement("strong"));
  head.textContent = row.name;
  data.columns.forEach((column, at) => {
    const line = box.appendChild(document.createElement("div"));
    line.append(`${column.name} `);
    line.appendChild(document.createElement("b")).textContent = row.texts[at] || "—";
  });
  return box;
}

// A part says its figure where it is wide enough to.
function inside(data, at) {
  const whole = Math.max(...data.rows.map((row) => row.values.reduce((sum, value) => sum + (value ?? 0), 0)));
  const dark = ["blue", "ink"].includes(data.columns[at].tone);
  const paint = dark ? { color: "#fff" } : { color: ink("ink"), backgroundColor: "#fff", padding: [0, 3] };
  const text = (one) => (data.rows[one.dataIndex].values[at] >= whole * 0.08 ? data.rows[one.dataIndex].texts[at] : "");
  return { show: true, position: "inside", formatter: text, ...TEXT(), ...paint };
}

// The end of a stacked bar says its range, a bar beside others its own figure.
function label(data, at) {
  const { way } = data.columns[at];
  if (way === "part" && data.columns.every((column) => column.way !== "upto")) return inside(data, at);
  const flat = data.kind === "bars";
  const last = at === data.columns.length - 1;
  const texts = (row) =>
    way === "upto" && row.texts[at - 1] !== row.texts[at] ? `${row.texts[at - 1]}—${row.texts[at]}` : row.texts[at];
  const shown = way === "beside" || (way === "upto" && last);
  return { show: shown, position: flat ? "right" : "top", formatter: (one) => (data.rows[one.dataIndex].values[at] === null ? "" : texts(data.rows[one.dataIndex])), ...TEXT() };
}

function bar(data, at) {
  const column = data.columns[at];
  const value = (row) => {
    const own = row.values[at];
    return column.way === "upto" && own !== null ? Math.max(0, own - (row.values[at - 1] ?? 0)) : own;
  };
  return {
    type: "bar", name: column.name, stack: column.way === "beside" ? undefined : "whole", barMaxWidth: data.kind === "bars" ? 18 : 36, barGap: "15%",
    itemStyle: TONES[column.tone](), label: label(data, at), labelLayout: { hideOverlap: true }, emphasis: { disabled: true },
    data: data.rows.map((row) => (value(row) ? value(row) : { value: value(row), itemStyle: { borderWidth: 0 } })),
  };
}

function line(data, at) {
  const column = data.columns[at];
  const planned = column.way === "plan";
  const colour = ink(planned ? "grey" : "blue");
  return {
    type: "line", name: column.name, connectNulls: true, symbol: planned ? "none" : "circle", symbolSize: 7, showAllSymbol: true,
    itemStyle: { color: colour }, lineStyle: { color: colour, width: planned ? 1.5 : 2.5, type: planned ? "dashed" : "solid" }, emphasis: { disabled: true },
    data: data.rows.map((row) => [row.name, row.values[at]]),
  };
}

function room(data) {
  const ends = data.rows.flatMap((row) => data.columns.map((column, at) => (column.way === "upto" ? `${row.texts[at - 1]}—${row.texts[at]}` : row.texts[at])));
  return Math.ceil(Math.max(24, ...ends.map(wide))) + 14;
}

function amounts(data, width) {
  const whole = data.rows.every((row) => row.values.every((value) => value === null || Number.isInteger(value)));
  return {
    type: "value", name: data.columns[0].unit, nameTextStyle: TEXT(), scale: data.kind === "lines", minInterval: whole ? 1 : undefined,
    ...(data.kind !== "lines" && { min: 0 }), ...(data.kind === "bars" && { max: "dataMax" }),
    axisLabel: { ...TEXT(), hideOverlap: true, showMaxLabel: data.kind !== "bars" }, splitLine: { lineStyle: { color: ink("line") } }, splitNumber: width < SMALL ? 2 : 4,
  };
}

function margin(width) {
  return Math.min(Math.max(96, width * 0.28), 260);
}

function names(data, width) {
  const space = data.kind === "bars" ? margin(width) : Math.max(36, (width - 80) / data.rows.length - 6);
  const lined = { lineStyle: { color: ink("line-2") } };
  return {
    type: "category", data: data.rows.map((row) => row.name), axisTick: { show: false }, axisLine: lined, inverse: data.kind === "bars",
    axisLabel: { ...TEXT(), color: ink("ink"), interval: 0, lineHeight: LINE, formatter: (name) => fold(name, space), hideOverlap: data.kind !== "bars" },
  };
}

function grid(data, width, head) {
  const ends = data.kind !== "bars" ? 16 : data.columns.some((column) => column.way !== "part") ? room(data) : 32;
  const right = data.kind === "bars" && ends > width * 0.4 ? 16 : ends;
  const bottom = data.kind === "bars" && data.columns[0].unit ? 28 : 8;
  return { left: 8, right, top: head, bottom, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
}

// The option and the height for a width in pixels; `title` is what a picture carries above it: {text, under, lines}.
export function shape(data, width, title = null) {
  const flat = data.kind === "bars";
  const tops = title ? 20 + title.lines * 22 + 22 : 0;
  const legend = data.columns.length > 1;
  const head = tops + (legend ? HEAD : 12) + (data.columns[0].unit && !flat ? 14 : 0);
  const many = data.columns.some((column) => column.way === "beside") ? data.columns.length : 1;
  const tall = data.rows.some((row) => wide(row.name) > margin(width)) ? 2 * LINE + 6 : ROW;
  const height = flat ? head + data.rows.length * Math.max(tall, many * 20 + 10) + 56 : head + (width < SMALL ? 230 : 290);
  const days = { type: "time", axisLabel: { ...TEXT(), hideOverlap: true, formatter: "{yyyy}-{MM}-{dd}" }, splitNumber: width < SMALL ? 2 : 5, axisLine: { lineStyle: { color: ink("line-2") } } };
  const along = data.kind === "lines" ? days : names(data, width);
  const across = amounts(data, width);
  return {
    height,
    option: {
      animation: false,
      textStyle: { fontFamily: face() },
      ...(title && { title: { text: title.text, subtext: title.under, left: 8, top: 8, itemGap: 6, textStyle: { ...TEXT(), color: ink("ink"), fontSize: 16, lineHeight: 22 }, subtextStyle: TEXT() } }),
      legend: { show: legend, selectedMode: false, left: 4, top: tops, itemWidth: 22, itemHeight: 12, textStyle: TEXT(), data: data.columns.map((column) => ({ name: column.name, ...(column.way === "plan" && { itemStyle: { opacity: 0 } }) })) },
      tooltip: { trigger: "axis", renderMode: "html", confine: true, transitionDuration: 0, axisPointer: { type: data.kind === "lines" ? "line" : "shadow", animation: false }, className: "chart-tip", formatter: (places) => tip(data, [].concat(places)) },
      grid: grid(data, width, head),
      xAxis: flat ? { ...across, nameLocation: "middle", nameGap: 26 } : along,
      yAxis: flat ? along : { ...across, nameLocation: "end" },
      series: data.columns.map((column, at) => (["line", "plan"].includes(column.way) ? line(data, at) : bar(data, at))),
    },
  };
}
