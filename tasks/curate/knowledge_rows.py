"""Where the knowledge behind a fact is written: file and line of a row of the reference tables, or of a frame."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

# Kind of a mention → the table that holds its things; the first column is the id.
TABLES = {
    "territory": "territories.csv",
    "region": "regions.csv",
    "organisation": "organisations.csv",
    "place": "places.csv",
    "instrument": "instruments.csv",
    "person": "office_holders.csv",
}
_FRAME_ID = re.compile(r"^\s*-?\s*id:\s*(?P<id>[\w.]+)\s*(?:#.*)?$")


def row_of(directory: Path, kind: str, reference_id: str | None) -> str | None:
    """Return `organisations.csv:12` for the row a mention is linked to; None where it is linked to none."""
    table = TABLES.get(kind)
    if table is None or reference_id is None:
        return None
    line = _rows(directory / table).get(reference_id)
    return None if line is None else f"{table}:{line}"


def frame_of(directory: Path, rule_id: str) -> str | None:
    """Return `frames/meeting.yaml:8` for the frame that a claim's rule belongs to; None for a rule of the code."""
    frames = _frames(directory / "frames")
    parts = rule_id.split(".")
    named = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((frames[name] for name in named if name in frames), None)


@lru_cache(maxsize=16)
def _rows(path: Path) -> dict[str, int]:
    """Return id → line of a table."""
    found: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        line = 1
        for values in reader:
            if values:
                found.setdefault(values[0], line)
            line = reader.line_num + 1
    return found


@lru_cache(maxsize=2)
def _frames(directory: Path) -> dict[str, str]:
    """Return frame id → file and line."""
    found: dict[str, str] = {}
    for path in sorted(directory.glob("[!_]*.yaml")):
        for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
            match = _FRAME_ID.match(text)
            if match is not None:
                found.setdefault(match["id"], f"frames/{path.name}:{line}")
    return found
