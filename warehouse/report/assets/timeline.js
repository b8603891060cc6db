// Events over time: a bar a month, quarter or year; drag over it to set the dates.

const TIMELINE = { height: 96, base: 76, mostBins: 96 };
const UNITS = [
  ["month", (year, month) => year * 12 + month, (bin) => [Math.floor(bin / 12), bin % 12]],
  ["quarter", (year, month) => year * 4 + Math.floor(month / 3), (bin) => [Math.floor(bin / 4), (bin % 4) * 3]],
  ["year", (year) => year, (bin) => [bin, 0]],
];
let scale;

const firstDayOf = (unit, bin) => Date.UTC(...unit[2](bin), 1) / DAY;
// Year and month of a day; events share their days, and a Date costs more than a look-up.
const monthsKnown = new Map();
function monthOf(day) {
  let month = monthsKnown.get(day);
  if (month === undefined) {
    const at = new Date(day * DAY);
    month = [at.getUTCFullYear(), at.getUTCMonth()];
    monthsKnown.set(day, month);
  }
  return month;
}
const binOf = (unit, day) => unit[1](...monthOf(day));

// The finest unit that fits. A few events of long ago must not press the rest into one bar: they share the first one.
function timeScale() {
  // The events come newest first, those without a day last.
  const days = events.start.filter((day) => day !== null).reverse();
  if (!days.length) return null;
  const early = days[Math.floor(days.length * 0.03)];
  const last = days[days.length - 1];
  const unit = UNITS.find((one) => binOf(one, last) - binOf(one, early) < TIMELINE.mostBins) ?? UNITS[2];
  const first = Math.max(binOf(unit, early), binOf(unit, last) - TIMELINE.mostBins + 1);
  return { unit, first, bins: binOf(unit, last) - first + 1, hasEarlier: binOf(unit, days[0]) < first };
}

function drawTimeline() {
  scale ??= timeScale();
  const chart = byId("timeline");
  if (!scale) {
    byId("timeline-box").hidden = true;
    return;
  }
  const { unit, first, bins } = scale;
  const clip = (day) => Math.min(Math.max(binOf(unit, day) - first, 0), bins - 1);
  const all = new Array(bins).fill(0);
  const chosen = new Array(bins).fill(0);
  for (const i of passing("date")) if (events.start[i] !== null) all[clip(events.start[i])] += 1;
  for (const i of shown) if (events.start[i] !== null) chosen[clip(events.start[i])] += 1;
  const most = Math.max(1, ...all);
  // In pixels of the screen, so that the years are not stretched.
  const width = chart.clientWidth || 900;
  chart.setAttribute("viewBox", `0 0 ${width} ${TIMELINE.height}`);
  const step = width / bins;
  const bar = (n, bin, kind) =>
    n ? svg("rect", { class: kind, x: bin * step + 0.5, width: Math.max(step - 1, 1), height: Math.max((n / most) * 66, 2), y: TIMELINE.base - Math.max((n / most) * 66, 2) }) : null;
  const ticks = [];
  const years = Math.max(1, Math.ceil(bins / (unit === UNITS[0] ? 12 : unit === UNITS[1] ? 4 : 1) / 12));
  for (let bin = 0; bin < bins; bin += 1) {
    const [year, month] = unit[2](first + bin);
    if (month === 0 && year % years === 0) {
      ticks.push(svg("line", { class: "tick", x1: bin * step, x2: bin * step, y1: TIMELINE.base, y2: TIMELINE.base + 5 }));
      if (bin * step < width - 30) ticks.push(svg("text", { x: bin * step + 3, y: TIMELINE.base + 16 }, year));
    }
  }
  if (scale.hasEarlier) ticks.push(svg("text", { class: "earlier", x: 0, y: 10 }, "◂ and earlier"));
  const selection = [];
  if (state.from || state.to) {
    const left = state.from ? clip(dayOf(state.from)) : 0;
    const right = state.to ? clip(dayOf(state.to)) + 1 : bins;
    selection.push(svg("rect", { class: "brushed", x: left * step, width: Math.max((right - left) * step, 2), y: 0, height: TIMELINE.base }));
  }
  chart.replaceChildren(
    ...selection,
    ...all.map((n, bin) => bar(n, bin, "all")).filter(Boolean),
    ...chosen.map((n, bin) => bar(n, bin, "chosen")).filter(Boolean),
    svg("line", { class: "axis", x1: 0, x2: width, y1: TIMELINE.base, y2: TIMELINE.base }),
    ...ticks,
  );
  const dated = chosen.reduce((sum, n) => sum + n, 0);
  chart.setAttribute("aria-label", `Events by ${unit[0]}: ${counted(dated, "dated event")} shown. The fields From and To set the dates without a pointer.`);
  byId("timeline-unit").textContent = `Events by ${unit[0]}; the highest bar is ${number(most)}`;
}

function bindTimeline() {
  const chart = byId("timeline");
  let start = null;
  const binAt = (event) => {
    const box = chart.getBoundingClientRect();
    return Math.min(Math.max(Math.floor(((event.clientX - box.left) / box.width) * scale.bins), 0), scale.bins - 1);
  };
  const set = (one, other) => {
    const [left, right] = [Math.min(one, other), Math.max(one, other)];
    const open = scale.hasEarlier && left === 0;
    change({
      from: open ? "" : isoOf(firstDayOf(scale.unit, scale.first + left)),
      to: isoOf(firstDayOf(scale.unit, scale.first + right + 1) - 1),
    });
  };
  chart.addEventListener("pointerdown", (event) => {
    start = binAt(event);
    chart.setPointerCapture(event.pointerId);
    set(start, start);
  });
  chart.addEventListener("pointermove", (event) => {
    if (start !== null) set(start, binAt(event));
  });
  for (const name of ["pointerup", "pointercancel"]) chart.addEventListener(name, () => { start = null; });
  addEventListener("resize", () => state.view === "events" && drawTimeline());
  chart.addEventListener("dblclick", () => change({ from: "", to: "" }));
}
