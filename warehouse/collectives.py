"""The named groups of countries and who belongs to them since when: `regions.csv`, read strictly.

Extraction finds the names of groups, resolution sees whether members are named beside them, curation publishes the
membership: what a group is stands here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.errors import ConfigurationError
from warehouse.reference import Row, read_csv

REGION_COLUMNS = (
    "region_id", "name", "members_iso2", "members_from", "aliases", "forms", "note", "source", "certainty",
)  # fmt: skip
CERTAIN = "1"


@dataclass(frozen=True, slots=True)
class Membership:
    """One country in one group; `since` is the day from which the group has these members, None if it always had."""

    region_id: str
    country_code: str
    since: date | None


def read_memberships(directory: Path) -> tuple[Membership, ...]:
    """Return the members of the groups that have agreed and certain ones, in the order of the file.

    Raises:
        ConfigurationError: The file or one of its days is wrong.
    """
    path = directory / "regions.csv"
    return tuple(
        Membership(row["region_id"], code.strip(), _since(path, row))
        for row in read_csv(path, REGION_COLUMNS, unique=("region_id",))
        if row["certainty"] == CERTAIN
        for code in row["members_iso2"].split(";")
        if code.strip()
    )


def _since(path: Path, row: Row) -> date | None:
    text = row["members_from"]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"members_from {text!r} is no day", f"{path}:{row.line}", "Write it as YYYY-MM-DD."
        ) from None
