"""What the gate after each stage looks at: its tables, how far a bad row reaches, and how much there must be.

Data only. The rules of single tables stand in `expectations.suites`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.results import Severity
from warehouse.contract import TableContract
from warehouse.errors import ConfigurationError
from warehouse.tables import CURATED, archive, curated_facts, documents, extracted, resolved

_VERSION = ("doc_id", "document_version_id")
_MENTION = (*_VERSION, "mention_id")
_CLAIM = (*_VERSION, "claim_id")


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """Rows that mean nothing without another row and leave with it, within one file of each table.

    Attributes:
        child: Table of the rows that leave.
        child_key: Its columns that name the other row.
        parent: Table of the row that was refused.
        parent_key: Its columns with the same values.
    """

    child: str
    child_key: tuple[str, ...]
    parent: str
    parent_key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceFloor:
    """A source with rows in one table must have at least one in another.

    Attributes:
        table: Table that may not be empty for the source.
        per: Table that shows that there was something to work on.
        severity: critical blocks the source, warning reports it.
        consequence: What would go wrong unnoticed; one clause.
    """

    table: str
    per: str
    severity: Severity
    consequence: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One gate.

    Attributes:
        tables: Tables the stage must hand over.
        optional: Tables that are checked where they are handed over.
        sets_rows_aside: True where a bad row is quarantined and the rest goes on; False where it blocks.
        weighed: Tables whose share of refused rows speaks against their source. A refused link or removal does not.
        taken_along: Which rows leave with which.
        floors: Table → fewest rows, beside the floor of its contract.
        source_floors: What each source must have.
    """

    tables: tuple[TableContract, ...]
    optional: tuple[TableContract, ...] = ()
    sets_rows_aside: bool = False
    weighed: tuple[str, ...] = ()
    taken_along: tuple[TakenAlong, ...] = ()
    floors: Mapping[str, int] = field(default_factory=dict)
    source_floors: tuple[SourceFloor, ...] = ()


STAGES: Mapping[str, Stage] = {
    "fetch": Stage(
        tables=(archive.CAPTURES,),
        optional=(archive.FETCHES, archive.ABSENCES),
        sets_rows_aside=True,
        weighed=("archive.captures",),
        floors={"archive.captures": 1},
    ),
    # Counts of a run: nothing is set aside, a source that has fallen silent for too long is blocked.
    "coverage": Stage(tables=(archive.COVERAGE,), sets_rows_aside=True),
    "clean": Stage(
        tables=(documents.DOCUMENTS, documents.SENTENCES, documents.REMOVALS, documents.LINKS, documents.REJECTS),
        sets_rows_aside=True,
        weighed=("documents.documents", "documents.sentences"),
        taken_along=(
            *(
                TakenAlong(table, _VERSION, "documents.documents", _VERSION)
                for table in ("documents.sentences", "documents.removals", "documents.links")
            ),
        ),
        floors={"documents.documents": 1},
        source_floors=(
            SourceFloor(
                "documents.documents",
                "archive.captures",
                "critical",
                "a source whose pages can no longer be read would look like one that says nothing",
            ),
        ),
    ),
    "link": Stage(tables=(documents.DUPLICATES,)),
    "extract": Stage(
        tables=extracted.TABLES,
        sets_rows_aside=True,
        weighed=("extracted.mentions", "extracted.claims"),
        taken_along=(
            # A short form means what its antecedent means; a claim is dated, placed and peopled by its mentions.
            TakenAlong("extracted.mentions", (*_VERSION, "antecedent_mention_id"), "extracted.mentions", _MENTION),
            *(
                TakenAlong("extracted.claims", (*_VERSION, column), "extracted.mentions", _MENTION)
                for column in ("date_mention_id", "place_mention_id", "project_mention_id")
            ),
            TakenAlong("extracted.claim_arguments", _CLAIM, "extracted.claims", _CLAIM),
            TakenAlong("extracted.claim_arguments", _MENTION, "extracted.mentions", _MENTION),
        ),
        source_floors=(
            SourceFloor(
                "extracted.mentions",
                "documents.documents",
                "warning",
                "a source in whose documents nothing is recognised would look like one that says nothing",
            ),
        ),
    ),
    "resolve": Stage(tables=resolved.TABLES),
    "curate": Stage(
        tables=tuple(
            table for table in CURATED if table not in (curated_facts.FACT_GATE_RESULT, curated_facts.FACT_CHANGE)
        ),
    ),
}


def stage_of(name: str) -> Stage:
    """Return what the gate after a stage looks at.

    Raises:
        ConfigurationError: There is no such stage.
    """
    try:
        return STAGES[name]
    except KeyError:
        known = ", ".join(STAGES)
        raise ConfigurationError("no gate stands after this stage", name, f"Stages with a gate: {known}.") from None
