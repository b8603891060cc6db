// Which events the filters let through, and the controls that show how many each choice would.

const ONLY = {
  conflict: ["claims disagree", (i) => events.conflict[i] === 1],
  negated: ["said not to have happened", (i) => events.negated[i] === 1],
  single: ["one source only", (i) => events.sources[i] <= 1],
  undated: ["no date", (i) => events.start[i] === null],
};

function tests() {
  const found = {};
  const words = folded(state.q).split(/\s+/).filter(Boolean);
  const [one, other] = state.pair.split(".");
  const from = state.from ? dayOf(state.from) : null;
  const to = state.to ? dayOf(state.to) : null;
  if (words.length) found.q = (i) => words.every((word) => searchable(i).includes(word));
  if (state.type.length) found.type = (i) => state.type.includes(typeOf(i));
  if (state.status.length) found.status = (i) => state.status.includes(statusOf(i));
  if (state.c) found.c = (i) => concerned(i).includes(state.c);
  if (state.pair) found.pair = (i) => partyCountries(i).includes(one) && partyCountries(i).includes(other ?? one);
  if (from !== null || to !== null) {
    found.date = (i) =>
      events.start[i] !== null && (from === null || (events.end[i] ?? events.start[i]) >= from) &&
      (to === null || events.start[i] <= to);
  }
  if (state.only.length) found.only = (i) => state.only.every((name) => !ONLY[name] || ONLY[name][1](i));
  return found;
}

// The events that pass every filter but those named: a choice shows what it would give beside the other filters.
function passing(...without) {
  const checks = Object.entries(tests()).filter(([name]) => !without.includes(name)).map(([, check]) => check);
  if (!checks.length) return everything(0);
  const found = [];
  for (let i = 0; i < nEvents; i += 1) if (checks.every((check) => check(i))) found.push(i);
  return found;
}

const SORTS = {
  newest: null,
  oldest: (a, b) => (events.start[a] ?? Infinity) - (events.start[b] ?? Infinity) || b - a,
  surest: (a, b) => events.confidence[b] - events.confidence[a] || a - b,
};

function tally(found, valuesOf) {
  const counts = new Map();
  for (const i of found) for (const value of valuesOf(i)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

// The same for a column whose values are numbers of a pool, by counting the numbers.
function tallyPool(found, column, pool) {
  const values = events.pools[pool] ?? [];
  const counts = new Array(values.length).fill(0);
  for (const i of found) counts[events[column][i]] += 1;
  return new Map(values.map((value, at) => [value, counts[at]]).filter(([, n]) => n));
}

function drawChoices(field, counts, all, words) {
  const box = byId(`filter-${field}`);
  if (!box.childElementCount) {
    for (const value of all) {
      const toggle = (event) => {
        const rest = state[field].filter((one) => one !== value);
        change({ [field]: event.target.checked ? [...rest, value].sort() : rest });
      };
      const check = el("input", { type: "checkbox", value, onchange: toggle });
      box.append(el("label", { class: "choice" }, check, el("span", {}, words(value)), el("span", { class: "count" })));
    }
  }
  for (const label of box.children) {
    const check = label.querySelector("input");
    const n = counts.get(check.value) ?? 0;
    check.checked = state[field].includes(check.value);
    label.lastElementChild.textContent = number(n);
    label.classList.toggle("empty", n === 0);
  }
}

const everything = memo(() => Array.from({ length: nEvents }, (_, i) => i));
const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
const known = {};
const everyChoice = (column, pool) => (known[column] ??= byCount(tallyPool(everything(0), column, pool)));

function drawFilters() {
  drawChoices("type", tallyPool(passing("type"), "type", "types"), everyChoice("type", "types"), labelOf);
  drawChoices("status", tallyPool(passing("status"), "status", "statuses"), everyChoice("status", "statuses"), worded);
  const open = passing("only");
  const counts = new Map(Object.entries(ONLY).map(([name, [, check]]) => [name, open.reduce((n, i) => n + (check(i) ? 1 : 0), 0)]));
  drawChoices("only", counts, Object.keys(ONLY), (name) => ONLY[name][0]);
  const select = byId("country");
  if (select.options.length < 2) {
    const codes = (events.pools.codes ?? []).filter((code) => code !== UNKNOWN_COUNTRY).sort((a, b) => countryName(a).localeCompare(countryName(b), "en"));
    select.append(...codes.map((code) => el("option", { value: code }, countryName(code))));
  }
  for (const [id, value] of [["search", state.q], ["country", state.c], ["from", state.from], ["to", state.to], ["sort", state.sort]]) {
    if (byId(id).value !== value) byId(id).value = value;
  }
  drawChips();
  byId("clear").hidden = !hasFilter();
}

function drawChips() {
  const chips = [];
  const add = (words, values) => chips.push(
    el("button", { type: "button", class: "chip", "aria-label": `Remove filter: ${words}`, onclick: () => change(values) }, words, el("span", { "aria-hidden": "true" }, " ×")),
  );
  for (const value of state.type) add(labelOf(value), { type: state.type.filter((one) => one !== value) });
  for (const value of state.status) add(worded(value), { status: state.status.filter((one) => one !== value) });
  for (const value of state.only) if (ONLY[value]) add(ONLY[value][0], { only: state.only.filter((one) => one !== value) });
  if (state.c) add(countryName(state.c), { c: "" });
  if (state.pair) {
    const [one, other] = state.pair.split(".");
    add(one === other ? `party: ${countryName(one)}` : `parties: ${countryName(one)} and ${countryName(other)}`, { pair: "" });
  }
  if (state.from || state.to) add(`${state.from || "…"} to ${state.to || "…"}`, { from: "", to: "" });
  byId("chips").replaceChildren(...chips);
}

function bindFilters() {
  let timer;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => change({ q: event.target.value }), 120);
  });
  for (const [id, field] of [["country", "c"], ["from", "from"], ["to", "to"], ["sort", "sort"]]) {
    byId(id).addEventListener("change", (event) => change({ [field]: event.target.value }));
  }
  byId("clear").addEventListener("click", () => {
    change(NO_FILTER);
    byId("search").focus();
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
}
