// The data of the page: packed JSON in inert blocks. What all views need is unpacked at once, the rest when it is read.

const byId = (id) => document.getElementById(id);

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function unpack(element) {
  // Written to the stream by hand: a Blob would send every byte to the browser's process and back.
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  writer.write(bytesOf(element.textContent)).catch(() => {});
  writer.close().catch(() => {});
  return new Response(readable).json();
}

const FACTS_A_BLOCK = Number(document.documentElement.dataset.factsABlock);
const EVENTS_A_BLOCK = Number(document.documentElement.dataset.eventsABlock);
// Parts of the data that have been unpacked, and those that are on their way, by name.
const parts = new Map();
const coming = new Map();
let core;
let events;
let nEvents;

function part(name) {
  if (!coming.has(name)) {
    const unpacked = unpack(byId(`data-${name}`)).then((content) => {
      parts.set(name, content);
      if (name.startsWith("words-")) learn(Number(name.slice(6)), content);
      return content;
    });
    coming.set(name, unpacked);
  }
  return coming.get(name);
}
const has = (names) => names.every((name) => parts.has(name));
const bring = (names) => Promise.all(names.map(part));

const blockOf = (i) => `words-${Math.floor(i / EVENTS_A_BLOCK)}`;
const allWords = () => Array.from({ length: Math.ceil(nEvents / EVENTS_A_BLOCK) }, (_, block) => `words-${block}`);

async function load() {
  core = await unpack(byId("data-core"));
  events = core.events;
  nEvents = core.n_events;
  // A page of few events is unpacked whole: nothing then comes after its rows.
  if (nEvents <= EVENTS_A_BLOCK) await bring([...allWords(), "documents", "relations", "facts"]);
}

// Numbers of the facts whose ids have been seen: events first, then the others.
const numbers = new Map();
function learn(block, { id }) {
  id.forEach((one, at) => numbers.set(one, block * EVENTS_A_BLOCK + at));
}
async function numberOf(id) {
  if (numbers.has(id)) return numbers.get(id);
  if (id.startsWith("evt_")) await bring(allWords());
  else (await part("facts")).forEach((one, at) => numbers.set(one, nEvents + at));
  return numbers.get(id);
}

// Words of an event; null where its block is not unpacked yet.
const wordOf = (name) => (i) => parts.get(blockOf(i))?.[name][i % EVENTS_A_BLOCK] ?? null;
const idOf = wordOf("id");
const quoteOf = wordOf("quote");
const verbatimOf = wordOf("verbatim");

// Passages of a fact: [document, role, rule, confidence, start, end, before, quote, after, cut before, cut after].
async function passagesOf(number) {
  const [block] = await bring([`evidence-${Math.floor(number / FACTS_A_BLOCK)}`, "documents"]);
  return block.passages[number % FACTS_A_BLOCK];
}

const pooled = (pool, column) => (i) => {
  const number = events[column][i];
  return number === null ? null : events.pools[pool][number];
};
const typeOf = pooled("types", "type");
const statusOf = pooled("statuses", "status");
const precisionOf = pooled("precisions", "precision");
const placeOf = pooled("places", "place");
const countryOf = pooled("codes", "country");
const projectOf = pooled("projects", "project");
const labelOf = (type) => core.labels[type] ?? type;
const countryName = (code) => core.countries[code]?.[0] ?? code;
const rowsOf = (ends, i) => [i ? events[ends][i - 1] : 0, events[ends][i]];

function instrumentsOf(i) {
  const [first, last] = rowsOf("instrument_end", i);
  return events.instrument.slice(first, last).map((number) => events.pools.instruments[number]);
}

// Who may be meant by an office whose holder no document of the event names: office → names.
function candidatesOf(i) {
  const offices = new Map();
  const [first, last] = rowsOf("candidate_end", i);
  for (let at = first; at < last; at += 1) {
    const office = events.pools.offices[events.candidate_office[at]];
    if (!offices.has(office)) offices.set(office, []);
    offices.get(office).push(events.pools.candidates[events.candidate_name[at]]);
  }
  return [...offices];
}

function partiesOf(i) {
  const parties = [];
  const [first, last] = rowsOf("party_end", i);
  for (let at = first; at < last; at += 1) {
    parties.push({
      role: events.pools.roles[events.party_role[at]],
      name: events.pools.parties[events.party_name[at]],
      country: events.pools.codes[events.party_country[at]],
      basis: events.pools.bases[events.party_basis[at]],
    });
  }
  return parties;
}

const UNKNOWN_COUNTRY = "ZZ";
const memo = (compute) => {
  const known = [];
  return (i) => (known[i] ??= compute(i));
};
const partyCountries = memo((i) => {
  const codes = [];
  const [first, last] = rowsOf("party_end", i);
  for (let at = first; at < last; at += 1) {
    const code = events.pools.codes[events.party_country[at]];
    if (code !== UNKNOWN_COUNTRY && !codes.includes(code)) codes.push(code);
  }
  return codes.sort();
});
// Countries an event concerns: those of its parties, and where it happens.
const concerned = memo((i) => {
  const codes = partyCountries(i);
  const country = countryOf(i);
  return country === UNKNOWN_COUNTRY || codes.includes(country) ? codes : [...codes, country].sort();
});

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
// What a search looks through; the words of the events and the documents must be there.
const searchable = memo((i) =>
  folded(
    [
      labelOf(typeOf(i)), statusOf(i), placeOf(i), countryName(countryOf(i)), projectOf(i), quoteOf(i),
      events.document[i] === null ? "" : parts.get("documents")[events.document[i]][1],
      ...partiesOf(i).map((party) => party.name), ...instrumentsOf(i),
    ].filter(Boolean).join("\n"),
  ),
);
