// Who meets whom: a matrix of countries that are parties of the same event, and a map of equal tiles.

const MATRIX_COUNTRIES = 22;
const HEAT_STEPS = 6;

const heat = (n, most) => (n === 0 ? 0 : Math.max(1, Math.ceil((n / most) ** 0.75 * HEAT_STEPS)));

// Arrow keys move within a grid of buttons, Tab leaves it.
function rove(grid, move) {
  grid.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    if (!(event.key in steps) || !event.target.matches("button")) return;
    const target = move(event.target, ...steps[event.key]);
    if (!target) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  });
}

function drawMatrix() {
  const found = passing("pair");
  const counts = tally(found, partyCountries);
  const group = (code) => (core.countries[code]?.[1] ? 0 : core.countries[code]?.[2] ? 1 : 2);
  const codes = [...counts.keys()]
    .sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1))
    .slice(0, MATRIX_COUNTRIES)
    .sort((a, b) => group(a) - group(b) || countryName(a).localeCompare(countryName(b), "en"));
  const pairs = new Map();
  for (const i of found) {
    for (const one of partyCountries(i)) for (const other of partyCountries(i)) {
      pairs.set(`${one}.${other}`, (pairs.get(`${one}.${other}`) ?? 0) + 1);
    }
  }
  const most = Math.max(1, ...codes.flatMap((one) => codes.filter((other) => other !== one).map((other) => pairs.get(`${one}.${other}`) ?? 0)));
  const table = byId("matrix");
  const cell = (one, other, r, c) => {
    const n = pairs.get(`${one}.${other}`) ?? 0;
    const words = one === other ? `${countryName(one)}: ${counted(n, "event")} as a party` : `${countryName(one)} and ${countryName(other)}: ${counted(n, "event")}`;
    const key = [one, other].sort().join(".");
    const button = el("button", {
      type: "button", class: one === other ? "own" : `heat-${heat(n, most)}`, "data-r": r, "data-c": c, "data-pair": `${one}.${other}`,
      tabindex: r === 0 && c === 0 ? 0 : -1, "aria-label": words, title: words, "aria-pressed": state.pair === key ? "true" : null,
      onclick: () => change({ view: "events", pair: key, c: "" }, true),
    }, n ? number(n) : "");
    return el("td", { class: group(one) !== group(codes[r - 1]) && r ? "break" : null }, button);
  };
  table.replaceChildren(
    el("thead", {}, el("tr", {}, el("td"), ...codes.map((code) => el("th", { scope: "col", title: countryName(code) }, el("abbr", { title: countryName(code) }, code))))),
    el("tbody", {}, ...codes.map((one, r) => el("tr", { class: r && group(one) !== group(codes[r - 1]) ? "break" : null }, el("th", { scope: "row" }, countryName(one)), ...codes.map((other, c) => cell(one, other, r, c))))),
  );
  table.style.setProperty("--cell", `${Math.min(Math.max(27 / codes.length, 1.6), 2.6)}rem`);
  const rest = counts.size - codes.length;
  byId("matrix-note").textContent = codes.length
    ? `${counted(codes.length, "country", "countries")} with the most events as parties${rest > 0 ? `; ${rest} more are not shown` : ""}. The diagonal counts all events of a country.`
    : "No event of this choice has a country among its parties.";
}

function drawMap() {
  const counts = tally(passing("c"), concerned);
  const most = Math.max(1, ...counts.values());
  const placed = new Set(core.tiles.map(([code]) => code));
  const tile = (code, n) => {
    const words = `${countryName(code)}: ${counted(n, "event")}`;
    return el("button", {
      type: "button", class: `tile heat-${heat(n, most)}`, "data-code": code, tabindex: -1, "aria-label": words, title: words,
      "aria-pressed": state.c === code ? "true" : null, onclick: () => change({ view: "events", c: code, pair: "" }, true),
    }, el("span", {}, code), n ? el("b", {}, number(n)) : null);
  };
  const tiles = core.tiles.map(([code, column, row]) => {
    const button = tile(code, counts.get(code) ?? 0);
    button.style.gridColumn = column;
    button.style.gridRow = row;
    return button;
  });
  if (tiles.length) tiles[0].tabIndex = 0;
  byId("map").replaceChildren(...tiles);
  const others = [...counts].filter(([code]) => !placed.has(code)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  byId("elsewhere").replaceChildren(
    ...others.map(([code, n]) => {
      const button = tile(code, n);
      button.tabIndex = 0;
      return el("li", {}, button, " ", countryName(code));
    }),
  );
  byId("elsewhere-box").hidden = others.length === 0;
}

function bindCountries() {
  rove(byId("matrix"), (button, down, right) =>
    byId("matrix").querySelector(`[data-r="${Number(button.dataset.r) + down}"][data-c="${Number(button.dataset.c) + right}"]`));
  rove(byId("map"), (button, down, right) => {
    // The nearest tile in that direction; the map has holes.
    const [column, row] = [Number(button.style.gridColumnStart), Number(button.style.gridRowStart)];
    const away = (tile) => {
      const across = Number(tile.style.gridColumnStart) - column;
      const along = Number(tile.style.gridRowStart) - row;
      const forward = down ? along * down : across * right;
      return forward > 0 ? forward + 3 * Math.abs(down ? across : along) : Infinity;
    };
    const tiles = [...byId("map").children].sort((a, b) => away(a) - away(b));
    return away(tiles[0]) < Infinity ? tiles[0] : null;
  });
}
