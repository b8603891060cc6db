// From the hash to the page: everything drawn follows from `state`.

function render() {
  for (const view of VIEWS) {
    byId(view).hidden = view !== state.view;
    const link = document.querySelector(`nav a[data-view="${view}"]`);
    if (view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.view = state.view;
  // First: it takes width from what is drawn after it.
  drawPanel();
  const isPrinted = matchMedia("print").matches;
  // A search looks through all words: they are unpacked first, and what stands stays in sight until then.
  const sought = state.q ? [...allWords(), "documents"] : [];
  if (!has(sought)) {
    byId("result").textContent = " … searching";
    bring(sought).then(render);
    return;
  }
  if (state.view === "events" || isPrinted) {
    drawFilters();
    drawList();
    drawTimeline();
  }
  if (state.view === "countries" || isPrinted) {
    drawMatrix();
    drawMap();
    byId("countries-filter").hidden = !hasFilter();
  }
  if (state.view === "tables" || isPrinted) drawRelation();
}

function follow() {
  readHash();
  render();
}

async function start() {
  await load();
  // On a narrow screen the choices would stand between the reader and the list.
  if (matchMedia("(max-width: 46rem)").matches) for (const box of byId("filters").querySelectorAll("details")) box.open = false;
  bindFilters();
  bindTimeline();
  bindList();
  bindPanel();
  bindCountries();
  bindRelations();
  for (const link of document.querySelectorAll("a[data-view]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change({ view: link.dataset.view, e: "" }, true);
      if (link.closest("nav") === null) byId(link.dataset.view).querySelector("h2").focus();
    });
  }
  for (const button of document.querySelectorAll("button[data-fact]")) {
    button.addEventListener("click", () => openFact(button.dataset.fact));
  }
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  matchMedia("print").addEventListener("change", render);
  follow();
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  byId("failed").hidden = false;
  byId("failed").textContent = `The data of this page could not be read (${error.message}). A browser of 2023 or later is needed; the tables beside the page are whole.`;
});
