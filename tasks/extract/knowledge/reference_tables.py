"""The knowledge files and their columns; reading them strictly and checking what one row says against another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tasks.extract.knowledge.territories import COLUMNS as TERRITORY_COLUMNS
from tasks.extract.text.gazetteer import Entry, NamedForm
from tasks.extract.text.tokens import fold
from warehouse.errors import ConfigurationError
from warehouse.reference import Row, read_csv
from warehouse.vocabulary import EVENT_TYPES, INSTRUMENT_KINDS, ORGANISATION_KINDS, TOPICS

Tables = dict[str, list[Row]]

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
    "word_sets": ("name", "words", "use"),
    "units": ("unit", "forms", "source"),
    "currencies": ("code", "forms", "source"),
    "numbers": ("value", "forms", "source"),
    "given_names": ("name", "group", "source"),
    "topics": ("topic", "label", "forms", "is_term", "event_types", "source"),
}  # fmt: skip
_KEYS = {
    "territories": "iso2", "regions": "region_id", "organisations": "organisation_id", "organisation_types": "type_id",
    "offices": "office_id", "places": "place_id", "instruments": "instrument_id", "word_sets": "name",
    "units": "unit", "currencies": "code", "numbers": "value", "given_names": "name",
    "topics": "topic",
}  # fmt: skip
TERM_CONDITIONS = ("any", "complement", "capital", "title", "parties", "about")

# Column → values it may have, by table.
_VALUES: dict[str, tuple[str, tuple[str, ...]]] = {
    "organisations": ("kind", ORGANISATION_KINDS),
    "organisation_types": ("kind", ORGANISATION_KINDS),
    "instruments": ("kind", INSTRUMENT_KINDS),
    "instrument_terms": ("kind", INSTRUMENT_KINDS),
    "topics": ("topic", TOPICS),
}
# Column → table whose key it must be, by table.
_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("organisations", "type_id", "organisation_types"),
    ("organisations", "parent_id", "organisations"),
    ("organisations", "country_code", "territories"),
    ("offices", "organisation_id", "organisations"),
    ("offices", "type_id", "organisation_types"),
    ("places", "country_code", "territories"),
)
# The values of the column `certainty`; see the README of the reference tables.
PLAUSIBLE, TO_BE_CHECKED, CHECKED = "0", "0.5", "1"
# Kinds whose forms must not mean two things in one language. Function words are looked up by class instead.
NAMED_KINDS = frozenset({"territory", "region", "organisation", "organisation_type", "place", "instrument", "office"})


def read_tables(directory: Path) -> Tables:
    """Return the rows of every knowledge file by name; rows that are no more than plausible are left out.

    Raises:
        ConfigurationError: With file and line: a file is missing or malformed, an id is double, a value is outside its
            vocabulary, or an id that another row refers to is missing.
    """
    tables = {}
    for name, columns in COLUMNS.items():
        key = (_KEYS[name],) if name in _KEYS else ()
        rows = read_csv(directory / f"{name}.csv", columns, unique=key)
        for row in rows:
            known = row.get("certainty", CHECKED) in (PLAUSIBLE, TO_BE_CHECKED, CHECKED)
            _require(known, directory, name, row, f"certainty {row.get('certainty')!r} is none of 0, 0.5 and 1")
        tables[name] = [row for row in rows if row.get("certainty", CHECKED) != PLAUSIBLE]
    for name, (column, allowed) in _VALUES.items():
        for row in tables[name]:
            _require(row[column] in allowed, directory, name, row, f"{column} {row[column]!r} is none of {allowed}")
    for row in tables["instrument_terms"]:
        known = row["condition"] in TERM_CONDITIONS
        _require(known, directory, "instrument_terms", row, f"the condition is none of {TERM_CONDITIONS}")
    for row in tables["topics"]:
        known = set(cells(row["event_types"])) <= set(EVENT_TYPES)
        _require(known, directory, "topics", row, f"event_types {row['event_types']!r} are not all of the codebook")
    for name, column, target in _REFERENCES:
        known_ids = {row[_KEYS[target]] for row in tables[target]}
        for row in tables[name]:
            value = row[column]
            _require(
                not value or value in known_ids, directory, name, row, f"{column} {value!r} is not in {target}.csv"
            )
    return tables


def _require(condition: bool, directory: Path, name: str, row: Row, what: str) -> None:
    if not condition:
        raise ConfigurationError(
            what, f"{directory / name}.csv:{row.line}", "Correct the row, or add what it refers to."
        )


def cells(value: str) -> list[str]:
    """Return the parts of a cell that `;` separates."""
    return [item.strip() for item in value.split(";") if item.strip()]


def check_collisions(forms: Iterable[NamedForm]) -> None:
    """Check that no written form names two things in one language without being marked as needing context.

    Raises:
        ConfigurationError: With both places.
    """
    owners: dict[tuple[str, str, bool], Entry] = {}
    for named in forms:
        entry, form = named.entry, named.form
        if entry.kind not in NAMED_KINDS or named.needs_context:
            continue
        for language in sorted(form.languages or {"*"}):
            other = owners.setdefault((language, fold(form.written), form.exact), entry)
            if (other.kind, other.reference_id) != (entry.kind, entry.reference_id):
                raise ConfigurationError(
                    f"{form.written!r} ({language}) names {entry.kind} {entry.reference_id} and, in {other.where}, "
                    f"{other.kind} {other.reference_id}",
                    entry.where,
                    "Keep one of them, or mark the form as needing context.",
                )
