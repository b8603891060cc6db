"""The events of a release as the page reads them: one list a column, numbers in place of values that repeat."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb

from warehouse.report.pools import Pool, day_number
from warehouse.report.text import visible

# What a browser opens within two seconds (benchmarks/page.py). The newest stay; the page says how many it leaves out.
EVENTS_SHOWN = 50_000

_EVENTS = """
SELECT
    event.event_id, event.event_type, event.status, event.polarity = 'negated', event.start_on, event.end_on,
    event.date_precision, event.date_verbatim, event.date_basis,
    CASE WHEN event.place_id <> 'ent_unknown' THEN place.name END,
    event.country_code, event.country_basis,
    CASE WHEN event.project_id <> 'ent_unknown' THEN project.name END,
    event.n_claims, event.n_documents, event.n_independent_sources, round(event.confidence, 2), event.is_conflicting,
    flat.quote, flat.document_version_id
FROM fact_event AS event
LEFT JOIN dim_place AS place USING (place_id)
LEFT JOIN dim_project AS project USING (project_id)
LEFT JOIN v_event_flat AS flat USING (event_id)
ORDER BY event.start_on DESC NULLS LAST, event.event_id
LIMIT ?
"""
_PARTIES = "SELECT event_id, role, party_name, country_code, basis FROM bridge_event_party ORDER BY ALL"
_INSTRUMENTS = """
SELECT bridge.event_id, instrument.name
FROM bridge_event_instrument AS bridge JOIN dim_instrument AS instrument USING (instrument_id)
ORDER BY ALL
"""
_DOCUMENTS = """
SELECT
    document_version_id, title, url, publisher, source_id, language, published_on,
    strftime(retrieved_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S UTC'), body_sha256, republishes_doc_id IS NOT NULL
FROM dim_document
WHERE document_version_id <> 'ver_unknown'
ORDER BY document_version_id
"""
_COLUMNS = (
    "id", "type", "status", "negated", "start", "end", "precision", "verbatim", "date_basis", "place", "country",
    "country_basis", "project", "claims", "documents", "sources", "confidence", "conflict", "quote", "document",
)  # fmt: skip
# Columns whose values repeat, by the pool they are kept in.
_POOLED = {
    "type": "types", "status": "statuses", "precision": "precisions", "date_basis": "bases", "place": "places",
    "country": "codes", "country_basis": "bases", "project": "projects",
}  # fmt: skip


def events_of(base: duckdb.DuckDBPyConnection, documents: Pool[str]) -> dict[str, Any]:
    """Return the events by column, newest first, with the pools their numbers refer to.

    Args:
        base: A release's database.
        documents: Numbers of the document versions, as `documents_of` has them.
    """
    pools: dict[str, Pool[Any]] = defaultdict(Pool)
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for row in base.execute(_EVENTS, [EVENTS_SHOWN]).fetchall():
        for name, value in zip(_COLUMNS, row, strict=True):
            columns[name].append(_encoded(name, value, pools, documents))
    parties = _parties(base, pools)
    instruments: dict[str, list[int]] = defaultdict(list)
    for event_id, name in base.execute(_INSTRUMENTS).fetchall():
        instruments[event_id].append(pools["instruments"].number(visible(name)))
    return {
        **columns,
        "parties": [parties.get(event_id, []) for event_id in columns["id"]],
        "instruments": [instruments.get(event_id, []) for event_id in columns["id"]],
        "pools": {name: pool.values() for name, pool in pools.items()},
    }


def documents_of(base: duckdb.DuckDBPyConnection) -> tuple[Pool[str], list[list[Any]]]:
    """Return the numbers of the document versions and, in their order, what the page says of each."""
    numbers: Pool[str] = Pool()
    rows = []
    for version, title, url, publisher, *rest in base.execute(_DOCUMENTS).fetchall():
        numbers.number(version)
        published = rest[2]
        rest[2] = None if published is None else published.isoformat()
        rows.append([version, visible(title or ""), url, visible(publisher or ""), *rest])
    return numbers, rows


def _encoded(name: str, value: Any, pools: dict[str, Pool[Any]], documents: Pool[str]) -> Any:
    if name in ("start", "end"):
        return day_number(value)
    if name in ("negated", "conflict"):
        return int(value)
    if value is None:
        return None
    if name == "document":
        return documents.number(value)
    if name == "id":
        return value
    shown = visible(value) if isinstance(value, str) else value
    return pools[_POOLED[name]].number(shown) if name in _POOLED else shown


def _parties(base: duckdb.DuckDBPyConnection, pools: dict[str, Pool[Any]]) -> dict[str, list[int]]:
    """Return event → role, name, country and basis of each party, one after the other."""
    found: dict[str, list[int]] = defaultdict(list)
    for event_id, role, name, country, basis in base.execute(_PARTIES).fetchall():
        found[event_id] += (
            pools["roles"].number(role),
            pools["parties"].number(visible(name)),
            pools["codes"].number(country),
            pools["bases"].number(basis),
        )
    return found
