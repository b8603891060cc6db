// The evidence of a fact: what is claimed, each quoted sentence marked in its passage, the document, the archived bytes.

let opener = null;

function openFact(id) {
  opener = document.activeElement;
  change({ e: id }, true);
  byId("panel-title").focus({ preventScroll: true });
}

function closePanel() {
  change({ e: "" }, true);
  const back = opener && opener.isConnected && opener !== document.body ? opener : byId("list");
  opener = null;
  back.focus();
}

const line = (name, ...value) => (value.flat().filter(Boolean).length ? [el("dt", {}, name), el("dd", {}, ...value)] : []);
const listed = (names) => names.map((name, at) => [at ? "; " : "", told(name)]).flat();

function factOf(i) {
  const roles = new Map();
  for (const party of partiesOf(i)) {
    if (!roles.has(party.role)) roles.set(party.role, []);
    roles.get(party.role).push(party.basis === "text" ? party.name : `${party.name} (${party.basis})`);
  }
  const date = [dateWords(i)];
  if (verbatimOf(i)) date.push(" — ", el("q", {}, told(verbatimOf(i))));
  const instruments = instrumentsOf(i);
  return el(
    "dl",
    { class: "fact" },
    ...line("When", ...date),
    ...line("Where", whereOf(i) ? told(whereOf(i)) : null),
    ...[...roles].sort().flatMap(([role, names]) => line(worded(role), ...listed(names))),
    ...candidatesOf(i).flatMap(([office, names]) =>
      line("Not named", told(office), " — by the table of office holders, not by a document: ", ...listed(names)),
    ),
    ...line(instruments.length > 1 ? "Instruments" : "Instrument", ...listed(instruments)),
    ...line("Project", projectOf(i) ? told(projectOf(i)) : null),
    ...line("Status", worded(statusOf(i)) + (events.negated[i] ? ", said not to have happened" : "")),
    ...line("Support", `${counted(events.documents[i], "document")}, ${counted(events.sources[i], "independent source")}, confidence ${events.confidence[i].toFixed(2)}${events.conflict[i] ? "; its claims disagree" : ""}`),
  );
}

function passageOf([number, role, rule, confidence, start, end, before, quote, after, isCut, hasMore]) {
  const [version, title, url, publisher, source, language, published, retrieved, sha256, isRepeat] = parts.get("documents")[number];
  const address = addressOfPassage(url, quote);
  return el(
    "li",
    { class: "passage" },
    el("p", { class: "role" }, worded(role), rule ? el("span", {}, ` · rule ${rule}${confidence === null ? "" : `, ${confidence.toFixed(2)}`}`) : null),
    el("blockquote", { lang: language === "und" ? null : language, dir: "auto" }, isCut ? "… " : null, before, el("mark", {}, quote), after, hasMore ? " …" : null),
    el(
      "dl",
      { class: "source" },
      ...line("Document", el("cite", {}, told(title || "without a title"))),
      ...line("Publisher", told(publisher || source), published ? `, ${published}` : "", isRepeat ? " (repeats another document)" : ""),
      ...line("Page", address ? linkTo(address, [told(webAddress(url).host), " — at the passage"].flat()) : url ? [told(shownAddress(url)), " (no web address, not linked)"] : null),
      ...line("Fetched", retrieved),
      ...line("sha-256", el("code", {}, sha256)),
      ...line("Span", el("code", {}, `${version}`), ` ${number_(start)}–${number_(end)}`),
    ),
  );
}
const number_ = (value) => String(value);
const shownAddress = (url) => url.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");

async function drawPanel() {
  const id = state.e;
  // Of a fact whose number is known already the panel stands before anything else is drawn.
  const n = numbers.has(id) || !id ? numbers.get(id) : await numberOf(id);
  if (state.e !== id) return;
  const panel = byId("panel");
  document.body.classList.toggle("has-panel", n !== undefined);
  panel.hidden = n === undefined;
  // On a narrow screen the panel covers the page: what lies behind it must not be reached.
  const covers = n !== undefined && matchMedia("(max-width: 68rem)").matches;
  for (const one of document.querySelectorAll("body > :not(main, script), main > *")) one.inert = covers && one !== panel;
  if (n === undefined || panel.dataset.fact === id) return;
  panel.dataset.fact = id;
  const isEvent = n < nEvents;
  byId("panel-title").textContent = isEvent ? labelOf(typeOf(n)) : "Fact";
  byId("panel-id").textContent = id;
  byId("panel-fact").replaceChildren(...(isEvent ? [factOf(n)] : []));
  byId("panel-passages").replaceChildren(el("li", {}, "Unpacking …"));
  const passages = await passagesOf(n);
  if (state.e !== id) return;
  byId("panel-count").textContent = counted(passages.length, "quoted passage");
  byId("panel-passages").replaceChildren(...passages.map(passageOf));
  panel.scrollTop = 0;
}

function bindPanel() {
  byId("panel-close").addEventListener("click", closePanel);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.e) closePanel();
  });
}
