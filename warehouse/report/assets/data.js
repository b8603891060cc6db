// The data of the page: packed JSON in inert blocks, unpacked once; the evidence block by block, when asked for.

const byId = (id) => document.getElementById(id);

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function unpack(element) {
  const stream = new Blob([bytesOf(element.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const FACTS_A_BLOCK = Number(document.documentElement.dataset.factsABlock);
const blocks = new Map();
let core;
let events;
let eventIndex;
let factNumber;

async function load() {
  core = await unpack(byId("data-core"));
  events = core.events;
  eventIndex = new Map(events.id.map((id, i) => [id, i]));
  factNumber = new Map(eventIndex);
  core.other_facts.forEach((id, i) => factNumber.set(id, events.id.length + i));
}

// Passages of a fact: [document, role, rule, confidence, start, end, before, quote, after, cut before, cut after].
async function passagesOf(number) {
  const block = Math.floor(number / FACTS_A_BLOCK);
  if (!blocks.has(block)) blocks.set(block, unpack(byId(`data-evidence-${block}`)));
  return (await blocks.get(block)).passages[number % FACTS_A_BLOCK];
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
const instrumentsOf = (i) => events.instruments[i].map((number) => events.pools.instruments[number]);

function partiesOf(i) {
  const flat = events.parties[i];
  const parties = [];
  for (let at = 0; at < flat.length; at += 4) {
    parties.push({
      role: events.pools.roles[flat[at]],
      name: events.pools.parties[flat[at + 1]],
      country: events.pools.codes[flat[at + 2]],
      basis: events.pools.bases[flat[at + 3]],
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
  const codes = new Set();
  for (let at = 2; at < events.parties[i].length; at += 4) codes.add(events.pools.codes[events.parties[i][at]]);
  codes.delete(UNKNOWN_COUNTRY);
  return [...codes].sort();
});
// Countries an event concerns: those of its parties, and where it happens.
const concerned = memo((i) => {
  const codes = new Set(partyCountries(i));
  if (countryOf(i) !== UNKNOWN_COUNTRY) codes.add(countryOf(i));
  return [...codes].sort();
});

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = memo((i) =>
  folded(
    [
      labelOf(typeOf(i)), statusOf(i), placeOf(i), countryName(countryOf(i)), projectOf(i), events.quote[i],
      events.document[i] === null ? "" : core.documents[events.document[i]][1],
      ...partiesOf(i).map((party) => party.name), ...instrumentsOf(i),
    ].filter(Boolean).join("\n"),
  ),
);
