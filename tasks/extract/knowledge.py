"""The knowledge of the extract stage: the tables of `seeds/reference`, read strictly, in one gazetteer.

Belongs here: reading and checking. What the rules do with a hit stands in the modules of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.extract.date_words import DateLexicon
from tasks.extract.forms import Form, FormReader
from tasks.extract.gazetteer import Entry, Gazetteer, NamedForm
from tasks.extract.numbers import NumberLexicon
from tasks.extract.territories import COLUMNS as TERRITORY_COLUMNS
from tasks.extract.territories import in_a_name, territory_forms
from tasks.extract.tokens import fold
from warehouse.errors import ConfigurationError
from warehouse.reference import Row, read_csv, rules_hash
from warehouse.vocabulary import INSTRUMENT_KINDS, ORGANISATION_KINDS

COLUMNS: dict[str, tuple[str, ...]] = {
    "territories": TERRITORY_COLUMNS,
    "regions": ("region_id", "name", "members_iso2", "members_from", "aliases", "forms", "note", "source", "certainty"),
    "organisations": (
        "organisation_id", "name", "kind", "country_code", "type_id", "parent_id", "aliases", "abbreviations",
        "context_abbreviations", "forms", "note", "source", "certainty",
    ),
    "organisation_types": ("type_id", "kind", "name", "needs_country", "forms", "source", "certainty"),
    "offices": (
        "office_id", "label", "rank", "organisation_id", "type_id", "forms", "plural_forms", "source", "certainty",
    ),
    "places": ("place_id", "name", "kind", "country_code", "forms", "needs_context", "source", "certainty"),
    "instruments": (
        "instrument_id", "name", "kind", "reference", "parties", "signed_on", "aliases", "abbreviations",
        "context_forms", "forms", "note", "source", "certainty",
    ),
    "instrument_terms": ("kind", "condition", "forms", "source"),
    "inflections": ("language", "endings", "source"),
    "words": ("class", "value", "forms", "source"),
    "units": ("unit", "forms", "source"),
    "currencies": ("code", "forms", "source"),
    "numbers": ("value", "forms", "source"),
    "given_names": ("name", "group", "source"),
}  # fmt: skip
_KEYS = {
    "territories": "iso2", "regions": "region_id", "organisations": "organisation_id", "organisation_types": "type_id",
    "offices": "office_id", "places": "place_id", "instruments": "instrument_id",
    "units": "unit", "currencies": "code", "numbers": "value", "given_names": "name",
}  # fmt: skip

# Words that are looked up token by token, not by the gazetteer.
_TOKEN_CLASSES = frozenset({"month", "weekday"})
# Kinds whose forms must not mean two things in one language. Words with a function are looked up by class instead.
_NAMED = frozenset({"territory", "region", "organisation", "organisation_type", "place", "instrument", "office"})


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
        regions: Region id → members (ISO codes).
        act_numbers: Number of a legal act → (instrument id, name).
        dates: Months and weekdays.
        numbers: Number words.
        given_names: Folded given names: what tells a person from other capitalised words where no office does.
        directory: Where it was read from; `frames/` below it holds the event patterns.
        rules_hash: Hash of all knowledge files.
    """

    gazetteer: Gazetteer
    territories: Mapping[str, str]
    organisations: Mapping[str, Organisation]
    by_type: Mapping[tuple[str, str], str]
    types: Mapping[str, OrganisationType]
    offices: Mapping[str, Office]
    regions: Mapping[str, tuple[str, ...]]
    act_numbers: Mapping[str, tuple[str, str]]
    dates: DateLexicon
    numbers: NumberLexicon
    given_names: frozenset[str]
    directory: Path
    rules_hash: str


def load_knowledge(directory: Path) -> Knowledge:
    """Read the reference tables and build the gazetteer (about half a second).

    Raises:
        ConfigurationError: A file is missing or malformed, a kind is outside its vocabulary, an id is double, or one
            form would mean two things in one language without being marked as needing context.
    """
    tables = {name: _read(directory, name) for name in COLUMNS}
    reader = FormReader(_endings(tables["inflections"]))
    _check_kinds(directory, tables["organisations"], "kind", ORGANISATION_KINDS)
    _check_kinds(directory, tables["organisation_types"], "kind", ORGANISATION_KINDS)
    _check_kinds(directory, tables["instruments"], "kind", INSTRUMENT_KINDS)
    _check_kinds(directory, tables["instrument_terms"], "kind", INSTRUMENT_KINDS)
    forms = list(_all_forms(directory, tables, reader))
    _check_collisions(forms)
    organisations = {
        row["organisation_id"]: Organisation(
            row["organisation_id"], row["name"], row["kind"], row["country_code"] or None, row["type_id"] or None
        )
        for row in tables["organisations"]
    }
    return Knowledge(
        gazetteer=Gazetteer(_distinct(forms)),
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
        offices={
            row["office_id"]: Office(
                row["office_id"], row["label"], row["rank"], row["organisation_id"] or None, row["type_id"] or None
            )
            for row in tables["offices"]
        },
        regions={row["region_id"]: tuple(_cells(row["members_iso2"])) for row in tables["regions"]},
        act_numbers={
            row["reference"]: (row["instrument_id"], row["name"])
            for row in sorted(tables["instruments"], key=lambda row: row["kind"] == "mechanism", reverse=True)
            if row["reference"]
        },
        dates=DateLexicon(
            [row for row in tables["words"] if row["class"] in _TOKEN_CLASSES], reader, str(directory / "words.csv")
        ),
        numbers=NumberLexicon(tables["numbers"], reader, str(directory / "numbers.csv")),
        given_names=frozenset(fold(row["name"]) for row in tables["given_names"]),
        directory=directory,
        rules_hash=rules_hash(directory),
    )


def _read(directory: Path, name: str) -> list[Row]:
    key = (_KEYS[name],) if name in _KEYS else ()
    return read_csv(directory / f"{name}.csv", COLUMNS[name], unique=key)


def _cells(value: str) -> list[str]:
    return [item.strip() for item in value.split(";") if item.strip()]


def _endings(rows: list[Row]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row["language"]] = (*found.get(row["language"], ()), *_cells(row["endings"]))
    return found


def _check_kinds(directory: Path, rows: list[Row], column: str, allowed: tuple[str, ...]) -> None:
    for row in rows:
        if row[column] not in allowed:
            raise ConfigurationError(
                f"{column} {row[column]!r} is not in the vocabulary",
                f"{directory}:{row.line}",
                f"Use one of {', '.join(allowed)}.",
            )


def _all_forms(directory: Path, tables: Mapping[str, list[Row]], reader: FormReader) -> Iterator[NamedForm]:
    yield from territory_forms(tables["territories"], reader, str(directory / "territories.csv"))
    for row in tables["regions"]:
        entry = _entry("region", row, "region_id", directory / "regions.csv")
        yield from _named(entry, row, reader)
    for row in tables["organisations"]:
        entry = _entry("organisation", row, "organisation_id", directory / "organisations.csv", row["kind"])
        yield from _named(entry, row, reader)
        for written in _cells(row["context_abbreviations"]):
            yield NamedForm(entry, reader.make("*", written, entry.where), needs_context=True, confidence=0.9)
    for row in tables["organisation_types"]:
        entry = _entry("organisation_type", row, "type_id", directory / "organisation_types.csv", row["kind"])
        yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))
    for row in tables["places"]:
        entry = _entry("place", row, "place_id", directory / "places.csv", row["kind"])
        needs = row["needs_context"] == "true"
        # A name that is also a word of some language is trusted in its own country's languages alone (its forms).
        own = reader.make("en" if needs else "*", row["name"], entry.where)
        for form in (own, *reader.read(row["forms"], entry.where)):
            yield NamedForm(entry, form, needs_context=needs and form is own)
    for row in tables["instruments"]:
        entry = _entry("instrument", row, "instrument_id", directory / "instruments.csv", row["kind"])
        yield from _named(entry, row, reader)
        for form in reader.read(row["context_forms"], entry.where):
            yield NamedForm(entry, form, needs_context=True, confidence=0.85)
    for row in tables["instrument_terms"]:
        where = f"{directory / 'instrument_terms.csv'}:{row.line}"
        # The condition under which the term names an instrument travels as the entry's name.
        entry = Entry("instrument_term", row["kind"], row["condition"], row["kind"], None, where)
        yield from (NamedForm(entry, form) for form in reader.read(row["forms"], where))
    for row in tables["offices"]:
        where = f"{directory / 'offices.csv'}:{row.line}"
        for column, subtype in (("forms", "one"), ("plural_forms", "many")):
            entry = Entry("office", row["office_id"], row["label"], subtype, None, where)
            yield from (NamedForm(entry, form) for form in reader.read(row[column], where))
    for row in tables["words"]:
        if row["class"] in _TOKEN_CLASSES:
            continue
        where = f"{directory / 'words.csv'}:{row.line}"
        entry = Entry(f"word:{row['class']}", row["value"], row["value"], row["class"], None, where)
        yield from (NamedForm(entry, form) for form in reader.read(row["forms"], where))


    for table, column in (("units", "unit"), ("currencies", "code")):
        for row in tables[table]:
            where = f"{directory / table}.csv:{row.line}"
            entry = Entry(column if column == "unit" else "currency", row[column], row[column], None, None, where)
            yield from (NamedForm(entry, form) for form in reader.read(row["forms"], where))


def _entry(kind: str, row: Row, key: str, path: Path, subtype: str | None = None) -> Entry:
    return Entry(kind, row[key], row["name"], subtype, row.get("country_code") or None, f"{path}:{row.line}")


def _named(entry: Entry, row: Row, reader: FormReader) -> Iterator[NamedForm]:
    for written in (row["name"], *_cells(row["aliases"]), *_cells(row.get("abbreviations", ""))):
        yield NamedForm(entry, reader.make("*", written, entry.where))
    yield from (NamedForm(entry, form) for form in reader.read(row["forms"], entry.where))


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


def _check_collisions(forms: Iterable[NamedForm]) -> None:
    """Raise where one written form names two things in one language."""
    owners: dict[tuple[str, str, bool], tuple[Entry, Form]] = {}
    for named in forms:
        entry, form = named.entry, named.form
        if entry.kind not in _NAMED or named.needs_context:
            continue
        for language in sorted(form.languages or {"*"}):
            key = (language, fold(form.written), form.exact)
            other = owners.setdefault(key, (entry, form))[0]
            if (other.kind, other.reference_id) != (entry.kind, entry.reference_id):
                raise ConfigurationError(
                    f"{form.written!r} ({language}) names {entry.kind} {entry.reference_id} and, in {other.where}, "
                    f"{other.kind} {other.reference_id}",
                    entry.where,
                    "Keep one of them, or mark the form as needing context.",
                )
