"""What a person should look at: events of low confidence or with a conflict, as a file to fill in, and its answers.

Answers are kept in `corrections/reviewed.answers` with a fingerprint of the passages they were given on: while these
stand the event is not asked again. What an answer changes becomes a correction.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.corrections import add_corrections, corrections_directory
from warehouse.errors import ConfigurationError
from warehouse.files import write_bytes
from warehouse.ids import make_id
from warehouse.publication import current
from warehouse.reference import read_csv

ASKED = (
    "event_id", "source_hash", "event_type", "status", "start_on", "end_on", "place", "country_code", "parties",
    "confidence", "is_conflicting", "quote", "url",
)  # fmt: skip
TO_FILL = ("answer", "reason", "who")
REVIEWED = ("event_id", "source_hash", "answer", "reason", "who")
# Not among the corrections, which are *.csv of another form.
REVIEWED_NAME = "reviewed.answers"
KNOWN = """
SELECT 1 FROM id_registry WHERE id = $id
UNION ALL SELECT 1 FROM dim_document WHERE doc_id = $id
UNION ALL SELECT 1 FROM fact_claim WHERE claim_id = $id
UNION ALL SELECT 1 FROM fact_mention WHERE mention_id = $id
LIMIT 1
"""
SQL = Path(__file__).parent / "sql" / "review" / "events.sql"


def questions(home: Path, most: int, below: float) -> list[dict[str, Any]]:
    """Return the events of the current release to look at: conflicts first, then the least certain.

    Args:
        home: Directory of the warehouse.
        most: How many at most.
        below: Events at least this certain are not asked, unless their claims contradict each other.

    Raises:
        ConfigurationError: There is no release yet.
    """
    release = current(home)
    if release is None:
        raise ConfigurationError("there is no release yet", str(home), "Run `communique run` first.")
    with duckdb.connect(str(release.duckdb_path), read_only=True) as base:
        cursor = base.execute(SQL.read_text("utf-8"), [below])
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    answered = {(row["event_id"], row["source_hash"]) for row in _reviewed(home)}
    asked = [{**row, "source_hash": make_id("src", *row.pop("passages").split("\n"))} for row in rows]
    return [row for row in asked if (row["event_id"], row["source_hash"]) not in answered][:most]


def write_questions(path: Path, asked: Sequence[Mapping[str, Any]]) -> None:
    """Write the list to be filled in. A cell that a spreadsheet would run as a formula is quoted."""
    lines = [{**{name: _cell(row[name]) for name in ASKED}, **dict.fromkeys(TO_FILL, "")} for row in asked]
    write_bytes(path, _csv((*ASKED, *TO_FILL), lines))


def read_answers(home: Path, path: Path) -> int:
    """Take over the answers of a filled-in list: note them, and make corrections of what they change.

    Returns:
        The number of rows with an answer.

    Raises:
        ConfigurationError: An answer is none, or lacks reason or author; nothing is taken over.
    """
    rows = [row for row in read_csv(path, (*ASKED, *TO_FILL), from_spreadsheet=True) if row["answer"].strip()]
    for row in rows:
        answer, where = row["answer"].strip(), f"{path}:{row.line}"
        if answer not in ("right", "wrong") and not (answer.startswith("set ") and "=" in answer):
            raise ConfigurationError(f"{answer!r} is no answer", where, "Write right, wrong or set COLUMN=VALUE.")
        if not row["who"].strip() or not (answer == "right" or row["reason"].strip()):
            raise ConfigurationError("an answer needs who and, unless it is `right`, a reason", where, "Fill them in.")
    changes: list[dict[str, str]] = []
    places: list[str] = []
    for row in rows:
        given = {"id": row["event_id"], "reason": row["reason"], "who": row["who"]}
        action, _, setting = row["answer"].strip().partition(" ")
        column, _, value = setting.partition("=")
        if action == "wrong":
            changes.append({"action": "retract", **given})
        elif action == "set":
            changes.append({"action": "set", "column": column.strip(), "value": value.strip(), **given})
        else:
            continue
        places.append(f"{path}:{row.line}")
    if changes:
        add_corrections(home, changes, places)
    known = {(row["event_id"], row["source_hash"]): dict(row) for row in _reviewed(home)}
    known |= {(row["event_id"], row["source_hash"]): {name: row[name] for name in REVIEWED} for row in rows}
    write_bytes(_path(home), _csv(REVIEWED, [known[key] for key in sorted(known)]))
    return len(rows)


def unknown(home: Path, ids: Sequence[str]) -> list[str]:
    """Return which of these ids the current release does not know: a correction of them changes nothing in it."""
    release = current(home)
    if release is None:
        return list(ids)
    with duckdb.connect(str(release.duckdb_path), read_only=True) as base:
        return [name for name in ids if base.execute(KNOWN, {"id": name}).fetchone() is None]


def _path(home: Path) -> Path:
    return corrections_directory(home) / REVIEWED_NAME


def _reviewed(home: Path) -> Sequence[Mapping[str, str]]:
    return read_csv(_path(home), REVIEWED) if _path(home).is_file() else []


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
