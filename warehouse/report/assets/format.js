// Elements and words. Text from documents goes in as text nodes inside <bdi>, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}
const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
const told = (text) => el("bdi", {}, text);

const number = (value) => value.toLocaleString("en-GB").replaceAll(",", "\u202f");
const counted = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;
const worded = (code) => code.replaceAll("_", " ");
const DAY = 86_400_000;
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (iso) => {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / DAY;
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayWords(day) {
  const [year, month, date] = isoOf(day).split("-");
  return `${Number(date)} ${MONTHS[month - 1]} ${year}`;
}

// The date as precise as it is known, and no more.
function dateWords(i) {
  const start = events.start[i];
  const end = events.end[i] ?? start;
  if (start === null) return "no date";
  const precision = precisionOf(i);
  const [year, month] = isoOf(start).split("-");
  if (precision === "year") return year;
  if (precision === "month") return `${MONTHS[month - 1]} ${year}`;
  const about = precision === "approx" ? "c. " : "";
  if (end === start) return about + dayWords(start);
  const [lastYear, lastMonth, lastDay] = isoOf(end).split("-");
  const first = Number(isoOf(start).slice(8));
  if (lastYear === year && lastMonth === month) return `${about}${first}–${Number(lastDay)} ${MONTHS[month - 1]} ${year}`;
  if (lastYear === year) return `${about}${first} ${MONTHS[month - 1]} – ${dayWords(end)}`;
  return `${about}${dayWords(start)} – ${dayWords(end)}`;
}

const whereOf = (i) => {
  const country = countryOf(i) === UNKNOWN_COUNTRY ? null : countryName(countryOf(i));
  return [placeOf(i), country].filter((name, at, all) => name && all.indexOf(name) === at).join(", ");
};

const MAIN_PARTIES = 4;
function partyWords(i) {
  const names = [...new Set(partiesOf(i).map((party) => party.name))];
  const more = names.length - MAIN_PARTIES;
  return names.slice(0, MAIN_PARTIES).join(" · ") + (more > 0 ? ` and ${more} more` : "");
}

function webAddress(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) && parsed.hostname ? parsed : null;
  } catch {
    return null;
  }
}

// The words at both ends find a passage also where it runs over elements; "-", "," and "&" are the directive's own.
const FRAGMENT_WORDS = 6;
function addressOfPassage(url, quote) {
  const parsed = webAddress(url);
  if (!parsed) return null;
  const words = quote.trim().split(/\s+/u);
  const coded = (part) => encodeURIComponent(part.join(" ")).replaceAll("-", "%2D");
  const directive =
    words.length > 2 * FRAGMENT_WORDS
      ? `${coded(words.slice(0, FRAGMENT_WORDS))},${coded(words.slice(-FRAGMENT_WORDS))}`
      : coded(words);
  return `${parsed.href}${parsed.hash ? "" : "#"}:~:text=${directive}`;
}

const linkTo = (href, text) => el("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
