"""What the page says without a script: figures, what is new, sources, gaps, gates, runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from warehouse.report.runs import RunQuality

CHANGES_SHOWN = 40
LATEST_SHOWN = 8
# Table → what its rows are called. A dimension has a row for the unknown, which is no finding.
_FIGURES = {
    "fact_event": "events", "dim_document": "document versions", "bridge_fact_evidence": "quoted passages",
    "dim_organisation": "organisations", "dim_person": "persons", "dim_instrument": "instruments",
    "fact_quantity": "quantities",
}  # fmt: skip
_SPAN = """
SELECT min(published_on), max(published_on), max(retrieved_at) AT TIME ZONE 'UTC'
FROM dim_document WHERE document_version_id <> 'ver_unknown'
"""
# Events that took place; what is planned or recalled is no news of the world.
_LATEST = """
SELECT event.event_id, flat.event_label, event.start_on, event.end_on, event.date_precision,
    concat_ws(', ', flat.place, nullif(flat.country, flat.place)),
    -- Of an event without parties its sentence tells most.
    coalesce(
        (SELECT string_agg(DISTINCT party_name, ' · ' ORDER BY party_name) FROM bridge_event_party AS party
         WHERE party.event_id = event.event_id),
        '“' || flat.quote || '”'
    )
FROM fact_event AS event JOIN v_event_flat AS flat USING (event_id)
WHERE event.status = 'occurred' AND event.polarity = 'affirmed' AND event.start_on IS NOT NULL
ORDER BY event.start_on DESC, event.event_id LIMIT ?
"""
_CHANGE_COUNTS = "SELECT fact_table, change, count(*) FROM fact_change GROUP BY ALL ORDER BY ALL"
# What was taken away or altered concerns whoever has used it, so it comes before what is new.
_CHANGES = """
SELECT change, fact_table, fact_id, reason, columns, successor_id FROM fact_change
WHERE fact_table = 'fact_event' ORDER BY change = 'added', change, fact_id LIMIT ?
"""
_SOURCES = """
SELECT source_id, kind, n_documents, first_retrieved_at AT TIME ZONE 'UTC', last_retrieved_at AT TIME ZONE 'UTC',
    is_gap, gap_reason
FROM dim_source WHERE source_id <> 'unknown' ORDER BY source_id
"""
_GATES = """
SELECT stage, count(*), count(*) FILTER (verdict = 'passed'), count(*) FILTER (verdict = 'failed'),
    count(*) FILTER (verdict = 'broken'), sum(n_unexpected)::BIGINT
FROM fact_gate_result GROUP BY stage ORDER BY stage
"""
_FAILED = """
SELECT stage, table_name, rule, severity, verdict, n_rows, n_unexpected, observed, consequence
FROM fact_gate_result WHERE verdict <> 'passed' ORDER BY severity, stage, table_name, rule
"""
_STAGES = ("fetch", "clean", "extract", "link", "resolve", "curate")


def figures_of(base: duckdb.DuckDBPyConnection, about: Mapping[str, Any], runs: Sequence[RunQuality]) -> dict[str, Any]:
    """Return what the template of the page needs of a release, all of it plain values.

    Args:
        base: The release's database.
        about: What its manifest says: release_id, schema_version, parent, run_id, gaps, environment.
        runs: The last runs, oldest first.
    """
    first, last, retrieved = _rows(base, _SPAN)[0]
    changes = _rows(base, _CHANGE_COUNTS)
    return {
        "about": about,
        "figures": [_figure(base, table, label, changes, about) for table, label in _FIGURES.items()],
        "first_published": first,
        "last_published": last,
        "last_retrieved": retrieved,
        "change_counts": changes,
        "changes": _rows(base, _CHANGES, CHANGES_SHOWN),
        "latest": [_latest(*row) for row in _rows(base, _LATEST, LATEST_SHOWN)],
        "n_event_changes": sum(n for table, _, n in changes if table == "fact_event"),
        "sources": _rows(base, _SOURCES),
        "gates": sorted(_rows(base, _GATES), key=lambda gate: _stage_order(gate[0])),
        "failed": _rows(base, _FAILED),
        "runs": runs,
        "most_rules": max((sum(run.verdicts.values()) for run in runs), default=1),
    }


def _figure(
    base: duckdb.DuckDBPyConnection,
    table: str,
    label: str,
    changes: Sequence[tuple[str, str, int]],
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """Return label, number of rows, and how many are new since the release before (None where that is not recorded)."""
    (rows,) = _rows(base, f'SELECT count(*) FROM "{table}"')[0]  # noqa: S608 — a name of ours
    added = None
    if about["parent"] is not None and table.startswith("fact_"):
        added = sum(n for changed, kind, n in changes if (changed, kind) == (table, "added"))
    return {"table": table, "label": label, "value": rows - table.startswith("dim_"), "added": added}


def _latest(
    event_id: str, label: str, start: date, end: date | None, precision: str, where: str, parties: str | None
) -> dict[str, Any]:
    """Return what the overview says of an event; its days no more precise than they are known."""
    if precision in ("year", "month"):
        days = f"{start:%Y-%m}" if precision == "month" else f"{start:%Y}"
    elif end is None or end == start:
        days = f"{start}"
    else:
        days = f"{start} – {end:%m-%d}" if end.year == start.year else f"{start} – {end}"
    return {"id": event_id, "label": label, "days": days, "where": where, "parties": parties}


def _rows(base: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return base.execute(query, list(values)).fetchall()


def _stage_order(stage: str) -> tuple[int, str]:
    """Order the gates as the data pass them; a backfill's gates carry a month behind the stage's name."""
    known = [number for number, name in enumerate(_STAGES) if stage.startswith(name)]
    return (known[0] if known else len(_STAGES), stage)
