"""The knowledge tables that become dimensions: countries and their groups, event types, topics, office holders.

They are read strictly and turned into Arrow tables for the SQL; a wrong value is an error with file and line.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pyarrow as pa

from warehouse.collectives import CERTAIN, read_memberships
from warehouse.errors import ConfigurationError
from warehouse.reference import Row, read_csv
from warehouse.reliability import read_reliability
from warehouse.vocabulary import EVENT_TYPES, TOPICS

TERRITORY_COLUMNS = (
    "iso2", "iso3", "name", "eu_member_since_on", "eu_member_until_on", "is_wb6", "forms", "blocked_forms", "note",
    "source", "certainty",
)  # fmt: skip
EVENT_TYPE_COLUMNS = ("type", "label", "definition", "plover_event", "plover_mode", "cameo_code")
INSTRUMENT_COLUMNS = (
    "instrument_id", "name", "kind", "reference", "parties", "signed_on", "aliases", "abbreviations", "context_forms",
    "forms", "note", "source", "certainty",
)  # fmt: skip
OFFICE_HOLDER_COLUMNS = (
    "person_id", "name", "aliases", "office", "country_code", "organisation_id", "valid_from", "valid_to", "source",
    "certainty",
)  # fmt: skip
OFFICE_COLUMNS = (
    "office_id", "label", "rank", "organisation_id", "type_id", "forms", "plural_forms", "source", "certainty",
)  # fmt: skip
TOPIC_COLUMNS = ("topic", "label", "definition")
UNKNOWN_COUNTRY = "ZZ"


def read_territories(directory: Path) -> pa.Table:
    """Return the countries and territories of `territories.csv`, one row each, in the words of `dim_country`.

    Raises:
        ConfigurationError: The file or one of its values is wrong.
    """
    path = directory / "territories.csv"
    rows = read_csv(path, TERRITORY_COLUMNS, unique=("iso2",))
    for row in rows:
        if row["iso2"] == UNKNOWN_COUNTRY:
            raise _wrong(path, row, f"{UNKNOWN_COUNTRY} is the code of the unknown country", "Take another code.")
    return pa.table(
        {
            "country_code": pa.array([row["iso2"] for row in rows], pa.string()),
            "country_code3": pa.array([row["iso3"] or None for row in rows], pa.string()),
            "name": pa.array([row["name"] for row in rows], pa.string()),
            "eu_member_since_on": pa.array([_day(path, row, "eu_member_since_on") for row in rows], pa.date32()),
            "eu_member_until_on": pa.array([_day(path, row, "eu_member_until_on") for row in rows], pa.date32()),
            "is_wb6": pa.array([_truth(path, row, "is_wb6") for row in rows], pa.bool_()),
            "note": pa.array([row["note"] or None for row in rows], pa.string()),
        }
    )


def read_event_types(directory: Path) -> pa.Table:
    """Return the event types of `event_types.csv`, one row each.

    The codes are the nearest ones of the PLOVER manual and of the CAMEO codebook 1.1b3, matched to each other as in
    `CAMEO2PLOVER-2021.txt` (github.com/openeventdata/PLOVER); a type neither of them knows has none.

    Raises:
        ConfigurationError: The file is wrong, or its types are not those of the codebook.
    """
    path = directory / "event_types.csv"
    rows = read_csv(path, EVENT_TYPE_COLUMNS, unique=("type",))
    for row in rows:
        if row["type"] not in EVENT_TYPES:
            raise _wrong(path, row, f"{row['type']!r} is no event type", f"Known types: {', '.join(EVENT_TYPES)}.")
    missing = [name for name in EVENT_TYPES if name not in {row["type"] for row in rows}]
    if missing:
        raise ConfigurationError(f"lacks the event types {', '.join(missing)}", str(path), "Add a row for each.")
    return _strings(rows, EVENT_TYPE_COLUMNS)


def read_instrument_numbers(directory: Path) -> pa.Table:
    """Return instrument_id and reference (number of the act) of those instruments of `instruments.csv` that have one.

    Raises:
        ConfigurationError: The file is wrong.
    """
    rows = read_csv(directory / "instruments.csv", INSTRUMENT_COLUMNS, unique=("instrument_id",))
    return _strings([row for row in rows if row["reference"]], ("instrument_id", "reference"))


def read_topics(directory: Path) -> pa.Table:
    """Return the topics of `topic_definitions.csv`, one row each.

    Raises:
        ConfigurationError: The file is wrong, or its topics are not those of the codebook.
    """
    path = directory / "topic_definitions.csv"
    rows = read_csv(path, TOPIC_COLUMNS, unique=("topic",))
    differing = sorted({row["topic"] for row in rows} ^ set(TOPICS))
    if differing:
        raise ConfigurationError(
            f"has not exactly the topics of the codebook: {', '.join(differing)}", str(path), "One row for each."
        )
    return _strings(rows, TOPIC_COLUMNS)


def read_rules(directory: Path) -> pa.Table:
    """Return what rules and families are worth, one row each, as `reliability.csv` has it.

    Raises:
        ConfigurationError: The file is wrong.
    """
    rows = read_reliability(directory)
    types = {
        "level": pa.string(), "kind": pa.string(), "name": pa.string(), "n_judged": pa.int32(), "n_right": pa.int32(),
        "value": pa.float64(), "low": pa.float64(), "high": pa.float64(),
    }  # fmt: skip
    return pa.table({name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in types.items()})


def read_collective_members(directory: Path) -> pa.Table:
    """Return the members of the groups of `regions.csv` that have agreed ones, one row a group and country.

    Raises:
        ConfigurationError: The file or one of its days is wrong.
    """
    members = read_memberships(directory)
    return pa.table(
        {
            "reference_id": pa.array([member.region_id for member in members], pa.string()),
            "country_code": pa.array([member.country_code for member in members], pa.string()),
            "valid_from_on": pa.array([member.since for member in members], pa.date32()),
        }
    )


def read_office_holders(directory: Path) -> pa.Table:
    """Return the certain rows of `office_holders.csv`, one row a spelling of the name.

    The spelling is without capitals and accents, as the documents' names are compared with it.

    Raises:
        ConfigurationError: The file or one of its days is wrong.
    """
    path = directory / "office_holders.csv"
    rows = [
        {**row, "spelling": spelling, "from": _day(path, row, "valid_from"), "to": _day(path, row, "valid_to")}
        for row in read_csv(path, OFFICE_HOLDER_COLUMNS)
        if row["certainty"] == CERTAIN
        for spelling in sorted({_plain(name) for name in (row["name"], *row["aliases"].split(";")) if name.strip()})
    ]
    names = ("spelling", "person_id", "name", "office", "country_code", "organisation_id", "source")
    texts = {name: pa.array([row[name] or None for row in rows], pa.string()) for name in names}
    days = {f"valid_{end}_on": pa.array([row[end] for row in rows], pa.date32()) for end in ("from", "to")}
    return pa.table({**texts, **days})


def read_office_titles(directory: Path) -> pa.Table:
    """Return the titles by which `offices.csv` knows offices, one row a title: in lower case, with the office's row.

    A title with variable endings, and one that several offices bear, tells no single office and is left out.

    Raises:
        ConfigurationError: The file is wrong.
    """
    rows = read_csv(directory / "offices.csv", OFFICE_COLUMNS, unique=("office_id",))
    offices: dict[str, set[str]] = {}
    for row in rows:
        forms = [form.partition(":")[2] for form in row["forms"].split(";") if not form.endswith("+")]
        for title in (row["label"], *forms):
            offices.setdefault(title.strip().lower(), set()).add(row["office_id"])
    single = sorted((title, min(ids)) for title, ids in offices.items() if title and len(ids) == 1)
    return pa.table(
        {
            "title": pa.array([title for title, _ in single], pa.string()),
            "office_id": pa.array([office for _, office in single], pa.string()),
        }
    )


def _plain(name: str) -> str:
    """Return a name without capitals, accents and surplus spaces."""
    letters = unicodedata.normalize("NFD", " ".join(name.split()).lower())
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _strings(rows: list[Row], columns: tuple[str, ...]) -> pa.Table:
    """Return the columns as strings; an empty value of the file is null."""
    return pa.table({name: pa.array([row[name] or None for row in rows], pa.string()) for name in columns})


def _day(path: Path, row: Row, column: str) -> date | None:
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise _wrong(path, row, f"{column} {row[column]!r} is no day", "Write it as YYYY-MM-DD.") from None


def _truth(path: Path, row: Row, column: str) -> bool:
    if row[column] not in ("true", "false"):
        raise _wrong(path, row, f"{column} {row[column]!r} is no truth value", "Write true or false.")
    return row[column] == "true"


def _wrong(path: Path, row: Row, what: str, mend: str) -> ConfigurationError:
    return ConfigurationError(what, f"{path}:{row.line}", mend)
