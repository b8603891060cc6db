// The list of events: a listbox of which only the rows in sight exist, so that 50,000 cost what 20 do.

const SPARE_ROWS = 6;
const PRINTED_EVENTS = 400;
let shown = [];
let active = 0;

const rowHeight = () => Number.parseFloat(getComputedStyle(byId("list")).getPropertyValue("--row"));

function listRow(at) {
  const i = shown[at];
  const where = whereOf(i);
  const status = statusOf(i);
  // Before the place: where the line is cut, what did not happen must not look as if it had.
  const marks = [];
  if (status !== "occurred") marks.push(el("span", { class: `mark ${status}` }, worded(status)));
  if (events.negated[i]) marks.push(el("span", { class: "mark negated" }, "negated"));
  if (events.conflict[i]) marks.push(el("span", { class: "mark" }, "claims disagree"));
  const row = el(
    "div",
    {
      class: "row", role: "option", id: `row-${at}`, "data-at": at, "aria-posinset": at + 1, "aria-setsize": shown.length,
      "aria-selected": String(state.e !== "" && idOf(i) === state.e),
    },
    el("span", { class: "when" }, dateWords(i)),
    el("span", { class: "what" }, el("strong", {}, labelOf(typeOf(i))), ...marks.map((mark) => [" ", mark]).flat(), where ? [" ", told(where)] : []),
    el("span", { class: "who" }, told(partyWords(i) || instrumentsOf(i).join(" · "))),
    el("span", { class: "quote" }, told(quoteOf(i) ?? "")),
    el("span", { class: "support", title: "documents that tell it; probability that it is right" }, el("span", {}, counted(events.documents[i], "doc")), " ", el("span", {}, events.confidence[i].toFixed(2))),
  );
  row.classList.toggle("active", at === active);
  return row;
}

function drawRows() {
  const box = byId("list");
  const height = rowHeight();
  const isPrinted = matchMedia("print").matches;
  const first = isPrinted ? 0 : Math.max(Math.floor(box.scrollTop / height) - SPARE_ROWS, 0);
  const last = isPrinted ? Math.min(shown.length, PRINTED_EVENTS) : Math.min(shown.length, first + Math.ceil(box.clientHeight / height) + 2 * SPARE_ROWS);
  const needed = [...new Set(shown.slice(first, last).map(blockOf))];
  // The rows stand at once, their words as soon as they are unpacked.
  if (!has(needed)) bring(needed).then(drawRows);
  const rows = [];
  for (let at = first; at < last; at += 1) {
    const row = listRow(at);
    if (!isPrinted) row.style.transform = `translateY(${at * height}px)`;
    rows.push(row);
  }
  const canvas = byId("rows");
  canvas.style.height = isPrinted ? "auto" : `${shown.length * height}px`;
  canvas.replaceChildren(...rows);
  if (byId(`row-${active}`)) box.setAttribute("aria-activedescendant", `row-${active}`);
  else box.removeAttribute("aria-activedescendant");
  byId("print-note").textContent = shown.length > last && isPrinted ? `The first ${number(last)} of ${number(shown.length)} events are printed.` : "";
}

function drawList() {
  const found = SORTS[state.sort] ? [...passing()].sort(SORTS[state.sort]) : passing();
  const isSame = found === shown || (found.length === shown.length && found.every((i, at) => i === shown[at]));
  shown = found;
  if (!isSame) {
    active = 0;
    byId("list").scrollTop = 0;
  }
  const open = shown.indexOf(numbers.get(state.e) ?? -1);
  if (open >= 0) active = open;
  byId("n-shown").textContent = number(shown.length);
  byId("result").textContent = ` of ${counted(nEvents, "event")}`;
  byId("nothing").hidden = shown.length > 0;
  byId("list").hidden = shown.length === 0;
  drawRows();
}

function moveTo(at) {
  const box = byId("list");
  const height = rowHeight();
  active = Math.min(Math.max(at, 0), shown.length - 1);
  if (active * height < box.scrollTop) box.scrollTop = active * height;
  if ((active + 1) * height > box.scrollTop + box.clientHeight) box.scrollTop = (active + 1) * height - box.clientHeight;
  drawRows();
}

async function openEvent(i) {
  if (!has([blockOf(i)])) await bring([blockOf(i)]);
  openFact(idOf(i));
}

function bindList() {
  const box = byId("list");
  let isWaiting = false;
  box.addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      drawRows();
    });
  });
  box.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (row) openEvent(shown[Number(row.dataset.at)]);
  });
  const keys = {
    ArrowDown: () => active + 1, ArrowUp: () => active - 1, Home: () => 0, End: () => shown.length - 1,
    PageDown: () => active + Math.max(Math.floor(box.clientHeight / rowHeight()) - 1, 1),
    PageUp: () => active - Math.max(Math.floor(box.clientHeight / rowHeight()) - 1, 1),
  };
  box.addEventListener("keydown", (event) => {
    if (event.key in keys) moveTo(keys[event.key]());
    else if ((event.key === "Enter" || event.key === " ") && shown.length) openEvent(shown[active]);
    else return;
    event.preventDefault();
  });
  addEventListener("resize", drawRows);
}
