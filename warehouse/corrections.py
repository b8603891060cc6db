"""Corrections by people: `corrections/*.csv` in the home of the warehouse, applied anew by every run.

A correction never touches the archive or what was read from it: it decides what is one thing (merge, split), takes a
fact out of the releases (retract), gives one of its values (set), or takes a document out of them (takedown). Who
decided it and why stand in its row and in the change feed. The same rows in any order and any files give the same
releases.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.errors import ConfigurationError
from warehouse.files import write_bytes
from warehouse.paths import within
from warehouse.reference import Row, read_csv
from warehouse.vocabulary import PRECISIONS, QUALIFIERS, STATUSES

COLUMNS = ("action", "id", "other_id", "column", "value", "reason", "who", "decided_on")
_ID = re.compile(r"([a-z]{2,4})_[a-z2-7]{26}")


def _day(text: str) -> bool:
    # The parser also takes 20250712 and 2025-W28-6, which no column of the tables is written in.
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _country(text: str) -> bool:
    return re.fullmatch(r"[A-Z]{2}", text) is not None


def _number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


# Prefix of the id → column that may be set → whether a text is a value of it. An empty text is: not known.
SETTABLE: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    "evt": {
        "status": STATUSES.__contains__,
        "start_on": _day,
        "end_on": _day,
        "date_precision": PRECISIONS.__contains__,
        "country_code": _country,
    },
    "qty": {"value_min": _number, "value_max": _number, "qualifier": QUALIFIERS.__contains__},
}
MAY_BE_EMPTY = frozenset({"start_on", "end_on", "country_code"})
VALUES: Mapping[str, str] = {
    "status": f"One of {', '.join(STATUSES)}.",
    "start_on": "A day as YYYY-MM-DD, or nothing where it is not known.",
    "end_on": "A day as YYYY-MM-DD, or nothing where it is not known.",
    "date_precision": f"One of {', '.join(PRECISIONS)}.",
    "country_code": "Two capital letters of ISO 3166-1, or nothing where it is not known.",
    "value_min": "Digits, with a point before decimals.",
    "value_max": "Digits, with a point before decimals.",
    "qualifier": f"One of {', '.join(QUALIFIERS)}.",
}
# Action → prefixes of the ids it takes.
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "merge": ("evt", "ent", "clm", "men"),
    "split": ("evt", "ent", "clm", "men"),
    "retract": ("evt", "qty"),
    "set": tuple(SETTABLE),
    "takedown": ("doc",),
}


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """One row.

    Attributes:
        action: merge, split, retract, set or takedown.
        id: What is corrected: a published id, or a claim or mention for merge and split.
        other_id: The other one of a merge or split; empty otherwise.
        column: Column that is set; empty otherwise.
        value: Its value.
        reason: Why.
        who: Who decided it.
        decided_on: Day of the decision; only for readers.
    """

    action: str
    id: str
    other_id: str
    column: str
    value: str
    reason: str
    who: str
    decided_on: str

    @property
    def note(self) -> str:
        """Who and why, as one phrase."""
        return f"by {self.who}: {self.reason}"


def corrections_directory(home: Path) -> Path:
    """Return where the corrections of a warehouse lie."""
    return within(home, "corrections")


def read_corrections(home: Path) -> tuple[Correction, ...]:
    """Return all corrections of a warehouse, sorted; none where it has no such directory.

    Raises:
        ConfigurationError: A row is wrong, lacks reason or author, or contradicts another one; with file and line.
    """
    found: dict[tuple[str, ...], tuple[Correction, str]] = {}
    for path in sorted(corrections_directory(home).glob("*.csv")):
        for row in read_csv(path, COLUMNS):
            correction = Correction(**{name: row[name].strip() for name in COLUMNS})
            where = f"{path}:{row.line}"
            _check(correction, row, where)
            key = _subject(correction)
            other, place = found.setdefault(key, (correction, where))
            if (other.action, other.value) != (correction.action, correction.value):
                raise ConfigurationError(f"contradicts {place}", where, "Keep one of the two rows.")
            found[key] = min((other, place), (correction, where))
    return tuple(sorted(correction for correction, _ in found.values()))


def add_corrections(home: Path, rows: Iterable[Mapping[str, str]], places: Sequence[str] = ()) -> Path:
    """Add rows to `corrections/by_hand.csv`, all or none; values that are not given are empty.

    What is decided already is not written a second time.

    Args:
        home: Directory of the warehouse.
        rows: Values by column.
        places: Where each row comes from, for the messages; file and line of a list that was filled in.

    Returns:
        The file.

    Raises:
        ConfigurationError: A row is wrong or contradicts another one; nothing is written.
    """
    path = corrections_directory(home) / "by_hand.csv"
    standing = {_subject(one): one for one in read_corrections(home)}
    lines = read_csv(path, COLUMNS) if path.is_file() else []
    for at, given in enumerate(rows):
        where = places[at] if places else "correction"
        values = {**dict.fromkeys(COLUMNS, ""), **{name: " ".join(text.split()) for name, text in given.items()}}
        correction = Correction(**values)
        _check(correction, Row(values, 0), where)
        other = standing.get(_subject(correction))
        if other is None:
            standing[_subject(correction)] = correction
            lines.append(Row(values, 0))
        elif (other.action, other.value) != (correction.action, correction.value):
            decided = f"{other.action} {other.id}{f' {other.column}={other.value}' if other.column else ''}"
            raise ConfigurationError(
                f"contradicts {decided}, decided {other.note}", where, f"Take that row out of {path.parent} first."
            )
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    write_bytes(path, text.getvalue().encode())
    return path


def corrections_hash(home: Path) -> str:
    """Return a digest of the corrections in force: part of the fingerprint of every stage that applies them."""
    return hashlib.sha256(repr(read_corrections(home)).encode()).hexdigest()


def taken_down(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """Return the documents that were taken down, each with the decision."""
    return {correction.id: correction for correction in corrections if correction.action == "takedown"}


def without_documents(tables: Mapping[str, pa.Table], documents: Collection[str]) -> dict[str, pa.Table]:
    """Return the tables without the rows of these documents, in whichever column they are named."""
    if not documents:
        return dict(tables)
    gone = pa.array(sorted(documents), pa.string())
    kept = {}
    for name, table in tables.items():
        for column in ("doc_id", "doc_id_a", "doc_id_b"):
            if column in table.column_names:
                table = table.filter(pc.invert(pc.is_in(table[column], value_set=gone)))
        kept[name] = table
    return kept


def _subject(correction: Correction) -> tuple[str, ...]:
    """Return what a correction decides; two decisions on one subject must agree."""
    if correction.other_id:
        return ("pair", *sorted((correction.id, correction.other_id)))
    return ("set" if correction.action == "set" else "whole", correction.id, correction.column)


def _check(correction: Correction, row: Row, where: str) -> None:
    """Raise ConfigurationError with file and line for whatever is wrong with one row."""
    for what, mend in (*_faults_of_ids(correction), *_faults_of_value(correction)):
        raise ConfigurationError(what, where, mend)
    for name in ("reason", "who"):
        if not row[name].strip():
            mend = "A correction needs a reason and the name of who decided it."
            raise ConfigurationError(f"says no {name}", where, mend)


def _faults_of_ids(correction: Correction) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with action and ids, and how to mend it."""
    action, prefixes = correction.action, ACTIONS.get(correction.action)
    if prefixes is None:
        yield f"{action!r} is no action", f"Actions: {', '.join(ACTIONS)}."
        return
    is_pair = action in ("merge", "split")
    for identifier in (correction.id, correction.other_id) if is_pair else (correction.id,):
        match = _ID.fullmatch(identifier)
        if match is None or match[1] not in prefixes:
            forms = " or ".join(f"{prefix}_…" for prefix in prefixes)
            yield f"{identifier!r} is no id for {action}", f"It takes {forms}, whole: 26 characters after the `_`."
    if is_pair and (correction.id == correction.other_id or correction.id[:4] != correction.other_id[:4]):
        yield "names no two things of one kind", f"{action} takes two ids of one kind."
    if not is_pair and correction.other_id:
        yield f"{action} takes one id", "Leave other_id empty."


def _faults_of_value(correction: Correction) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with column and value, and how to mend it."""
    column, value = correction.column, correction.value
    if correction.action != "set":
        if column or value:
            yield f"{correction.action} sets nothing", "Leave column and value empty."
        return
    columns = SETTABLE.get(correction.id[:3], {})
    if column not in columns:
        yield f"{column!r} cannot be set", f"Columns: {', '.join(columns)}."
    elif not (columns[column](value) or (not value and column in MAY_BE_EMPTY)):
        yield f"{value!r} is no {column}", VALUES[column]
