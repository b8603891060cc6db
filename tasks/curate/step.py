"""From documents, claims and events to the published star schema.

One SQL file makes one table. This module says which tables are read and in which order the SQL runs, and gives the SQL
the few things it cannot know: declared sources, gaps of the release, and ids that only `warehouse.ids` may make.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from tasks.curate.corrected import apply_corrections
from tasks.curate.engine import build, export, read_sql, register, workshop
from tasks.curate.reference import (
    read_collective_members,
    read_event_types,
    read_instrument_numbers,
    read_office_holders,
    read_office_titles,
    read_rules,
    read_territories,
    read_topics,
)
from warehouse.corrections import Correction
from warehouse.errors import ContractError
from warehouse.ids import make_id
from warehouse.tables import contract_of

logger = logging.getLogger(__name__)

# The body of a capture is never read here: its hash is.
INPUTS = (
    "archive.captures",
    "archive.absences",
    "documents.documents",
    "documents.sentences",
    "documents.links",
    "documents.duplicates",
    "extracted.mentions",
    "extracted.claims",
    "extracted.claim_arguments",
    "extracted.topics",
    "resolved.entities",
    "resolved.entity_mentions",
    "resolved.entity_aliases",
    "resolved.events",
    "resolved.event_claims",
    "resolved.event_parties",
    "resolved.event_instruments",
    "resolved.instrument_parties",
    "resolved.relations",
    "resolved.relation_claims",
    "resolved.quantities",
    "resolved.quantity_mentions",
    "resolved.id_registry",
)
# In this order: each SQL file reads inputs and what stands above it. `_settle_versions` makes `stage.version` first.
BUILD_ORDER = (
    "stage.mention",
    "stage.claim",
    "curated.dim_event_type",
    "curated.dim_topic",
    "curated.dim_country",
    "stage.entity",
    "curated.dim_place",
    "curated.dim_organisation",
    "stage.person",
    "curated.dim_person",
    "stage.role_spell",
    "curated.dim_role_spell",
    "curated.dim_collective",
    "curated.bridge_collective_member",
    "curated.dim_instrument",
    "curated.dim_project",
    "curated.bridge_event_instrument",
    "curated.fact_event",
    "curated.bridge_event_party",
    "curated.fact_quantity",
    "curated.fact_funding",
    "curated.fact_mention",
    "curated.fact_claim",
    "curated.bridge_document_topic",
    "curated.dim_rule",
    "stage.pledge",
    "curated.fact_pledge",
    "stage.instrument_status",
    "curated.fact_instrument_status",
    "stage.statement",
    "curated.fact_statement",
    "curated.bridge_role_candidate",
    "curated.bridge_fact_evidence",
    "curated.dim_document",
    "curated.document_text",
    "curated.dim_source",
    "curated.dim_date",
    "curated.id_registry",
)
# Stage table → prefix of the id its rows get, and the columns that the id is made of.
MINTED = {
    "stage.role_spell": (
        "rsp",
        ("person_id", "office", "organisation_id", "country_code", "basis", "valid_from_on"),
    ),
    "stage.pledge": ("plg", ("event_id", "quantity_id")),
    "stage.instrument_status": ("ist", ("instrument_id", "event_id")),
    "stage.statement": ("stm", ("event_id", "speaker_id", "role")),
}


@dataclass(frozen=True, slots=True)
class CurateContext:
    """What the release is made of beside tables and knowledge.

    Attributes:
        sources: Source → kind, of every source that is declared.
        gaps: Source → why it is missing or incomplete in this release.
        corrections: What people decided; see warehouse.corrections.
        spill_directory: Where intermediate results that outgrow the memory go; None: the system's own place.
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    spill_directory: Path | None = None


def curate(tables: Mapping[str, pa.Table], reference: Path, context: CurateContext) -> dict[str, pa.Table]:
    """Build the star schema.

    Args:
        tables: The tables of `INPUTS` by `layer.name`, all partitions and versions; others are ignored.
            `archive.captures` may come without its column `body`.
        reference: Directory of the knowledge tables.
        context: Declared sources and gaps.

    Returns:
        Every curated table by name but `fact_gate_result` and `fact_change`, each in its contract's schema and order.
        The same rows in any order give the same bytes.

    Raises:
        ContractError: An input is missing, or a result does not fit its contract's types.
        ConfigurationError: A knowledge table is wrong.
    """
    missing = [name for name in INPUTS if name not in tables]
    if missing:
        raise ContractError("the table is needed and was not given", ", ".join(missing), "An empty one is lawful.")
    seen = {
        **apply_corrections({name: tables[name] for name in INPUTS}, context.corrections),
        "reference.territories": read_territories(reference),
        "reference.event_types": read_event_types(reference),
        "reference.instruments": read_instrument_numbers(reference),
        "reference.topics": read_topics(reference),
        "reference.reliability": read_rules(reference),
        "reference.collective_members": read_collective_members(reference),
        "reference.office_holders": read_office_holders(reference),
        "reference.office_titles": read_office_titles(reference),
        "context.sources": _pairs(context.sources, "kind"),
        "context.gaps": _pairs(context.gaps, "reason"),
    }
    with workshop(seen, context.spill_directory) as connection:
        _settle_versions(connection)
        for name in BUILD_ORDER:
            build(connection, name)
            if name in MINTED:
                _mint(connection, name)
        _report_losses(connection)
        made = [name.removeprefix("curated.") for name in BUILD_ORDER if name.startswith("curated.")]
        return {name: export(connection, contract_of("curated", name)) for name in made}


def _pairs(values: Mapping[str, str], column: str) -> pa.Table:
    rows = sorted(values.items())
    return pa.table(
        {
            "source_id": pa.array([key for key, _ in rows], pa.string()),
            column: pa.array([value for _, value in rows], pa.string()),
        }
    )


def _settle_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Build `stage.version`, with ids for bytes that two documents read differently (see stage_version.sql)."""
    build(connection, "stage.reading")
    others = connection.sql(
        "SELECT DISTINCT document_version_id, text_sha256 FROM stage.reading "
        "WHERE text_sha256 <> published_text_sha256 ORDER BY ALL"
    ).to_arrow_table()
    minted = [make_id("ver", row["document_version_id"], row["text_sha256"]) for row in others.to_pylist()]
    register(
        connection, "stage.other_reading", others.append_column("published_version_id", pa.array(minted, pa.string()))
    )
    build(connection, "stage.version")


def _mint(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Give the rows of a stage table their ids, in the column `id`."""
    prefix, parts = MINTED[name]
    made = connection.sql(f"FROM {name} ORDER BY ALL").to_arrow_table()
    values = zip(*(made[part].cast(pa.string()).to_pylist() for part in parts), strict=True)
    ids = pa.array([make_id(prefix, *row) for row in values], pa.string())
    connection.execute(f"DROP TABLE {name}").complete()
    register(connection, name, made.append_column("id", ids))


def _report_losses(connection: duckdb.DuckDBPyConnection) -> None:
    """Log what of the resolved layer did not reach the published tables."""
    for loss in connection.sql(read_sql("report_losses")).to_arrow_table().to_pylist():
        logger.warning("not published: %s (%d, such as %s)", loss["what"], loss["n"], loss["example"])
