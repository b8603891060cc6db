"""The knowledge of the extract stage: the tables of `seeds/reference` in one gazetteer, with what rules look up by id.

What the rules do with a hit stands in the modules of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.extract.dates.date_words import DateLexicon
from tasks.extract.knowledge.name_cases import GivenNames
from tasks.extract.knowledge.reference_tables import Tables, cells, check_collisions, read_tables
from tasks.extract.knowledge.territories import in_a_name, territory_forms
from tasks.extract.quantities.numbers import NumberLexicon
from tasks.extract.text.forms import FormReader, is_abbreviation
from tasks.extract.text.gazetteer import TERM, Entry, Gazetteer, NamedForm
from tasks.extract.text.tokens import fold
from warehouse.reference import Row, rules_hash
from warehouse.reliability import Reliability, read_reliability

# Classes of `words.csv` that are looked up token by token, not by the gazetteer.
_TOKEN_CLASSES = frozenset({"month", "weekday"})
# Languages that decline the names of foreign towns, and what they put endings in the place of; a shorter stem would
# meet other words.
_INFLECTING = ("hbs", "lt", "sl", "sq")
_PLACE_ENDINGS = "aeioë"
_SHORTEST_PLACE_STEM = 5
_FLEETING = "ac"


@dataclass(frozen=True, slots=True)
class Office:
    """A public office: how it is called in English and to whom its holder belongs."""

    office_id: str
    label: str
    rank: str
    organisation_id: str | None
    type_id: str | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A row of `organisations.csv` that other rules need."""

    organisation_id: str
    name: str
    kind: str
    country_code: str | None
    type_id: str | None


@dataclass(frozen=True, slots=True)
class OrganisationType:
    """A sort of body that many countries have.

    Attributes:
        kind: Kind of organisation.
        template: Its name, with `{country}`.
        needs_country: Without a country the words are a common noun ("the government").
    """

    kind: str
    template: str
    needs_country: bool

    def name(self, country: str) -> str:
        """Return its name in a country: Government of the Netherlands."""
        return self.template.format(country=country)

    @property
    def bare_name(self) -> str:
        """Its name where the country is not known: Ministry of the Interior."""
        return self.template.replace(" of {country}", "").replace(" to {country}", "")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the rules know. Built once by `load_knowledge`; immutable.

    Attributes:
        gazetteer: All names and function words in one automaton.
        territories: ISO 3166-1 alpha-2 → English name as it stands within another ("the Netherlands").
        organisations: Organisations by id.
        by_type: (type id, country code) → organisation id.
        types: Organisation type id → the sort of body.
        offices: Offices by id.
        office_types: Office id → organisation type its holder belongs to.
        regions: Region id → members (ISO codes).
        act_numbers: Number of a legal act → (instrument id, name).
        dates: Months and weekdays.
        numbers: Number words.
        given_names: Given names: what tells a person from other capitalised words where no office does.
        topics_of: Event type → topics that an event of it is of.
        word_sets: Sets of folded function words by name.
        reliability: What each rule is worth.
        directory: Where it was read from; `frames/` below it holds the event patterns.
        rules_hash: Hash of all knowledge files.
    """

    gazetteer: Gazetteer
    territories: Mapping[str, str]
    organisations: Mapping[str, Organisation]
    by_type: Mapping[tuple[str, str], str]
    types: Mapping[str, OrganisationType]
    offices: Mapping[str, Office]
    office_types: Mapping[str, str]
    regions: Mapping[str, tuple[str, ...]]
    act_numbers: Mapping[str, tuple[str, str]]
    dates: DateLexicon
    numbers: NumberLexicon
    given_names: GivenNames
    topics_of: Mapping[str, tuple[str, ...]]
    word_sets: Mapping[str, frozenset[str]]
    reliability: Reliability
    directory: Path
    rules_hash: str


def load_knowledge(directory: Path) -> Knowledge:
    """Read the reference tables and build the gazetteer (well under a second).

    Raises:
        ConfigurationError: A file is missing or malformed, a value is outside its vocabulary, an id is double, or one
            form would mean two things in one language without being marked as needing context.
    """
    tables = read_tables(directory)
    reader = _form_reader(tables)
    forms = _distinct(_all_forms(directory, tables, reader))
    check_collisions(forms)
    organisations = {row["organisation_id"]: _organisation(row) for row in tables["organisations"]}
    word_sets = {row["name"]: frozenset(fold(word) for word in row["words"].split()) for row in tables["word_sets"]}
    calendar = [row for row in tables["words"] if row["class"] in _TOKEN_CLASSES]
    return Knowledge(
        gazetteer=Gazetteer(forms),
        territories={row["iso2"]: in_a_name(row["iso2"], row["name"]) for row in tables["territories"]},
        organisations=organisations,
        by_type={
            (found.type_id, found.country_code): found.organisation_id
            for found in organisations.values()
            if found.type_id and found.country_code
        },
        types={
            row["type_id"]: OrganisationType(row["kind"], row["name"], row["needs_country"] == "true")
            for row in tables["organisation_types"]
        },
        offices={row["office_id"]: _office(row) for row in tables["offices"]},
        office_types={row["office_id"]: row["type_id"] for row in tables["offices"] if row["type_id"]},
        regions={row["region_id"]: tuple(cells(row["members_iso2"])) for row in tables["regions"]},
        act_numbers=_act_numbers(tables["instruments"]),
        dates=DateLexicon(calendar, word_sets, reader, str(directory / "words.csv")),
        numbers=NumberLexicon(tables["numbers"], reader, str(directory / "numbers.csv")),
        given_names=GivenNames(row["name"] for row in tables["given_names"]),
        topics_of=_topics_of(tables["topics"]),
        word_sets=word_sets,
        reliability=Reliability(read_reliability(directory)),
        directory=directory,
        rules_hash=rules_hash(directory),
    )


def named_forms(directory: Path, tables: Tables) -> list[NamedForm]:
    """Return every form of every row, collisions not checked.

    Raises:
        ConfigurationError: A form is malformed.
    """
    return _distinct(_all_forms(directory, tables, _form_reader(tables)))


def _form_reader(tables: Tables) -> FormReader:
    endings: dict[str, tuple[str, ...]] = {}
    for row in tables["inflections"]:
        endings[row["language"]] = (*endings.get(row["language"], ()), *cells(row["endings"]))
    return FormReader(endings)


def _organisation(row: Row) -> Organisation:
    return Organisation(
        row["organisation_id"], row["name"], row["kind"], row["country_code"] or None, row["type_id"] or None
    )


def _office(row: Row) -> Office:
    return Office(row["office_id"], row["label"], row["rank"], row["organisation_id"] or None, row["type_id"] or None)


def _act_numbers(rows: list[Row]) -> dict[str, tuple[str, str]]:
    """Return number → instrument. A mechanism is laid down in an act; the number names the act."""
    acts = sorted(rows, key=lambda row: row["kind"] != "mechanism")
    return {row["reference"]: (row["instrument_id"], row["name"]) for row in acts if row["reference"]}


def _topics_of(rows: list[Row]) -> dict[str, tuple[str, ...]]:
    types = sorted({event_type for row in rows for event_type in cells(row["event_types"])})
    return {name: tuple(row["topic"] for row in rows if name in cells(row["event_types"])) for name in types}


def _all_forms(directory: Path, tables: Tables, reader: FormReader) -> Iterator[NamedForm]:
    yield from territory_forms(tables["territories"], reader, str(directory / "territories.csv"))
    for row in tables["regions"]:
        yield from _named(_entry("region", row, "region_id", directory / "regions.csv"), row, reader)
    for row in tables["organisations"]:
        entry = _entry("organisation", row, "organisation_id", directory / "organisations.csv", row["kind"])
        yield from _named(entry, row, reader)
        for written in cells(row["context_abbreviations"]):
            yield NamedForm(entry, reader.make("*", written, entry.where), needs_context=True)
    for row in tables["organisation_types"]:
        entry = _entry("organisation_type", row, "type_id", directory / "organisation_types.csv", row["kind"])
        yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))
    for row in tables["places"]:
        yield from _place_forms(_entry("place", row, "place_id", directory / "places.csv", row["kind"]), row, reader)
    for row in tables["instruments"]:
        entry = _entry("instrument", row, "instrument_id", directory / "instruments.csv", row["kind"])
        yield from _named(entry, row, reader)
        forms = reader.read(row["context_forms"], entry.where)
        yield from (NamedForm(entry, form, needs_context=True) for form in forms)
    yield from _word_forms(directory, tables, reader)


def _word_forms(directory: Path, tables: Tables, reader: FormReader) -> Iterator[NamedForm]:
    """Yield the forms of words that have a function and are no names."""
    for row in tables["instrument_terms"]:
        # The condition under which the term names an instrument travels as the entry's name.
        entry = Entry(
            "instrument_term",
            row["kind"],
            row["condition"],
            row["kind"],
            None,
            _where(directory, row, "instrument_terms"),
        )
        yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))
    for row in tables["offices"]:
        for column, subtype in (("forms", "one"), ("plural_forms", "many")):
            entry = Entry("office", row["office_id"], row["label"], subtype, None, _where(directory, row, "offices"))
            yield from (NamedForm(entry, form) for form in reader.read(row[column], entry.where))
    for row in tables["words"]:
        if row["class"] not in _TOKEN_CLASSES:
            entry = Entry("word", row["value"], row["value"], row["class"], None, _where(directory, row, "words"))
            yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))
    for table, column, kind in (
        ("units", "unit", "unit"),
        ("currencies", "code", "currency"),
        ("topics", "topic", "topic"),
    ):
        for row in tables[table]:
            term = TERM if row.get("is_term") == "true" else None
            entry = Entry(kind, row[column], row[column], term, None, _where(directory, row, table))
            yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))


def _where(directory: Path, row: Row, table: str) -> str:
    return f"{directory / table}.csv:{row.line}"


def _entry(kind: str, row: Row, key: str, path: Path, subtype: str | None = None) -> Entry:
    return Entry(kind, row[key], row["name"], subtype, row.get("country_code") or None, f"{path}:{row.line}")


def _named(entry: Entry, row: Row, reader: FormReader) -> Iterator[NamedForm]:
    for written in (row["name"], *cells(row["aliases"]), *cells(row.get("abbreviations", ""))):
        yield NamedForm(entry, reader.make("*", written, entry.where))
    yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))


def _place_forms(entry: Entry, row: Row, reader: FormReader) -> Iterator[NamedForm]:
    """Yield a place's forms; a name that is also a word (Bar, Split) is trusted in its own forms alone.

    A name of one word also takes the endings of the inflecting languages that its row has no form in (u Passauu).
    """
    is_word = row["needs_context"] == "true"
    yield NamedForm(entry, reader.make("en" if is_word else "*", row["name"], entry.where), needs_context=is_word)
    yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))
    stem = row["name"].rstrip(_PLACE_ENDINGS) if row["name"].isalpha() and not is_word else ""
    if len(stem) >= _SHORTEST_PLACE_STEM and not is_abbreviation(row["name"]):
        told = {written.partition(":")[0] for written in cells(row["forms"])}
        inflected = ";".join(f"{language}:{stem}+" for language in _INFLECTING if language not in told)
        if row["name"].endswith(_FLEETING):
            # Bujanovac loses its a: u Bujanovcu.
            inflected = f"{inflected};hbs:{row['name'][:-2]}c+"
        yield from (NamedForm(entry, form) for form in reader.read(inflected, entry.where))


def _distinct(forms: Iterable[NamedForm]) -> list[NamedForm]:
    """Return the forms without those an entry repeats; order kept."""
    seen: set[tuple[Entry, str, frozenset[str] | None, bool]] = set()
    kept = []
    for named in forms:
        key = (named.entry, named.form.written, named.form.languages, named.needs_context)
        if key not in seen:
            seen.add(key)
            kept.append(named)
    return kept
