// What the reader looks at, kept in the URL's hash so that it can be sent to somebody: #/events?type=meeting&e=evt_…

const VIEWS = ["overview", "events", "countries", "tables", "quality"];
const state = {
  view: "overview", q: "", type: [], status: [], c: "", pair: "", from: "", to: "", only: [], sort: "newest",
  e: "", t: "", tq: "",
};
const FIELDS = Object.keys(state).filter((name) => name !== "view");
const LISTS = ["type", "status", "only"];

function hashOf() {
  const parameters = new URLSearchParams();
  for (const name of FIELDS) {
    const value = LISTS.includes(name) ? state[name].join(",") : state[name];
    if (value && !(name === "sort" && value === "newest")) parameters.set(name, value);
  }
  const query = parameters.toString();
  return `#/${state.view}${query ? `?${query}` : ""}`;
}

function readHash() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  state.view = VIEWS.includes(path) ? path : "overview";
  const parameters = new URLSearchParams(query);
  for (const name of FIELDS) {
    const value = parameters.get(name) ?? "";
    state[name] = LISTS.includes(name) ? value.split(",").filter(Boolean) : value;
  }
  for (const name of ["from", "to"]) if (dayOf(state[name]) === null) state[name] = "";
  if (!["newest", "oldest", "surest"].includes(state.sort)) state.sort = "newest";
}

// A step a reader would want to go back over (another view, another fact) is an entry of the history; typing is not.
function change(values, isStep = false) {
  Object.assign(state, values);
  const hash = hashOf();
  if (hash !== location.hash) history[isStep ? "pushState" : "replaceState"](null, "", hash);
  render();
}

const hasFilter = () =>
  Boolean(
    state.q || state.type.length || state.status.length || state.c || state.pair || state.from || state.to ||
      state.only.length,
  );
const NO_FILTER = { q: "", type: [], status: [], c: "", pair: "", from: "", to: "", only: [] };
