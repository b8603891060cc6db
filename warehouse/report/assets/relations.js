// The other tables: pledges, instruments, funding, persons … whatever the release has.

const ROWS_A_PAGE = 100;
let rowsOpen = ROWS_A_PAGE;
let tableSort = { name: "", column: -1, isDown: false };

function cellOf(value, kind) {
  if (value === null) return el("td", { class: "none" });
  if (typeof value === "boolean") return el("td", {}, value ? "yes" : "no");
  if (typeof value === "number") return el("td", { class: "number" }, Number.isInteger(value) ? number(value) : String(value));
  if (kind === "FACT") {
    return el("td", {}, el("button", { type: "button", class: "link", "aria-label": `Evidence of ${value}`, onclick: () => openFact(value) }, "evidence"));
  }
  const address = kind === "VARCHAR" ? webAddress(value) : null;
  if (address && /^https?:/i.test(value)) return el("td", {}, linkTo(address.href, told(address.host)));
  return el("td", {}, told(value));
}

function drawRelation() {
  const relation = core.relations.find((one) => one.name === state.t) ?? core.relations[0];
  for (const link of byId("relations").querySelectorAll("a")) {
    if (link.dataset.name === relation?.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (!relation) return;
  if (!has(["relations"])) {
    byId("relation-count").textContent = "Unpacking …";
    bring(["relations"]).then(render);
    return;
  }
  if (tableSort.name !== relation.name) tableSort = { name: relation.name, column: -1, isDown: false };
  const words = folded(state.tq).split(/\s+/).filter(Boolean);
  const held = parts.get("relations")[relation.name];
  let rows = held.filter((row) => {
    const text = words.length ? folded(row.filter((value) => value !== null).join("\n")) : "";
    return words.every((word) => text.includes(word));
  });
  if (tableSort.column >= 0) {
    const way = tableSort.isDown ? -1 : 1;
    const of = (row) => row[tableSort.column];
    rows = [...rows].sort((a, b) => (of(a) === null) - (of(b) === null) || way * (typeof of(a) === "number" ? of(a) - of(b) : String(of(a)).localeCompare(String(of(b)), "en")));
  }
  byId("relation-title").textContent = relation.title;
  byId("relation-name").textContent = relation.name;
  byId("relation-about").textContent = relation.description;
  const cut = relation.total > held.length ? ` The page has the first ${number(held.length)}; the release has all.` : "";
  byId("relation-count").textContent = `${number(rows.length)} of ${counted(relation.total, "row")}.${cut}`;
  if (byId("relation-search").value !== state.tq) byId("relation-search").value = state.tq;
  const head = relation.columns.map(([name, , description], at) => {
    const order = tableSort.column === at ? (tableSort.isDown ? "descending" : "ascending") : null;
    const sort = () => {
      tableSort = { name: relation.name, column: at, isDown: tableSort.column === at && !tableSort.isDown };
      drawRelation();
      byId("relation").querySelectorAll("thead button")[at].focus();
    };
    return el("th", { scope: "col", "aria-sort": order }, el("button", { type: "button", title: description, onclick: sort }, worded(name.replace(/^n_|_id$/g, ""))));
  });
  byId("relation").replaceChildren(
    el("caption", { class: "unseen" }, `${relation.title}: ${relation.description}`),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...rows.slice(0, rowsOpen).map((row) => el("tr", {}, ...row.map((value, at) => cellOf(value, relation.columns[at][1]))))),
  );
  byId("more-rows").hidden = rows.length <= rowsOpen;
  byId("columns").replaceChildren(...relation.columns.flatMap(([name, , description]) => [el("dt", {}, el("code", {}, name)), el("dd", {}, description)]));
}

function bindRelations() {
  byId("relations").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    rowsOpen = ROWS_A_PAGE;
    change({ t: link.dataset.name, tq: "" }, true);
  });
  byId("relation-search").addEventListener("input", (event) => change({ tq: event.target.value }));
  byId("more-rows").addEventListener("click", () => {
    rowsOpen += ROWS_A_PAGE;
    drawRelation();
  });
}
