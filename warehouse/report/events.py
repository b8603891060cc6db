"""The events of a release as the page reads them: one list a column, numbers in place of values that repeat.

What a list, a map and a timeline need of all events is in one part, which the page unpacks at once; their words are in
blocks of some thousand, which it unpacks where they are read or searched.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from warehouse.report.pools import Pool, days, numbered, plain
from warehouse.report.text import visible

# What a browser opens within two seconds (benchmarks/page.py). The newest stay; the page says how many it leaves out.
EVENTS_SHOWN = 50_000
# Events whose words lie in one block: more than a screen shows, few enough to unpack between two key presses.
EVENTS_A_BLOCK = 2_000

_EVENTS = """
SELECT
    event.event_id AS id, event.event_type AS type, event.status, event.polarity = 'negated' AS negated,
    event.start_on AS start, event.end_on AS "end", event.date_precision AS precision,
    event.date_verbatim AS verbatim, event.date_basis,
    CASE WHEN event.place_id <> 'ent_unknown' THEN place.name END AS place,
    event.country_code AS country, event.country_basis,
    CASE WHEN event.project_id <> 'ent_unknown' THEN project.name END AS project,
    event.n_claims AS claims, event.n_documents AS documents, event.n_independent_sources AS sources,
    round(event.confidence, 2) AS confidence, event.is_conflicting AS conflict,
    flat.quote, flat.document_version_id AS document
FROM fact_event AS event
LEFT JOIN dim_place AS place USING (place_id)
LEFT JOIN dim_project AS project USING (project_id)
LEFT JOIN v_event_flat AS flat USING (event_id)
ORDER BY event.start_on DESC NULLS LAST, event.event_id
LIMIT ?
"""
_PARTIES = """
SELECT shown.number, role, party_name, country_code, basis
FROM bridge_event_party JOIN shown USING (event_id)
ORDER BY shown.number, role, party_name, country_code, basis
"""
_INSTRUMENTS = """
SELECT shown.number, instrument.name
FROM bridge_event_instrument AS bridge
JOIN shown USING (event_id)
JOIN dim_instrument AS instrument USING (instrument_id)
ORDER BY shown.number, instrument.name
"""
_CANDIDATES = """
SELECT DISTINCT shown.number, office || ' (' || party_name || ')' AS office, candidate_name
FROM bridge_role_candidate JOIN shown USING (event_id)
ORDER BY ALL
"""
_DOCUMENTS = """
SELECT
    document_version_id, title, url, publisher, source_id, language, published_on,
    strftime(retrieved_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S UTC'), body_sha256, republishes_doc_id IS NOT NULL
FROM dim_document JOIN wanted USING (document_version_id)
ORDER BY wanted.number
"""
# Columns whose values repeat, by the pool they are kept in.
_POOLED = {
    "type": "types", "status": "statuses", "precision": "precisions", "date_basis": "bases", "place": "places",
    "country": "codes", "country_basis": "bases", "project": "projects",
}  # fmt: skip
_WORDS = ("id", "quote", "verbatim")


@dataclass(frozen=True, slots=True)
class EventData:
    """The events of a page.

    Attributes:
        ids: Their ids, newest event first.
        columns: What is unpacked at once: a list for each column, and the pools their numbers refer to.
        words: Blocks of `EVENTS_A_BLOCK` events: their ids, quotes and dates in words.
    """

    ids: list[str]
    columns: dict[str, Any]
    words: list[dict[str, list[Any]]]


def events_of(base: duckdb.DuckDBPyConnection, documents: Pool[str]) -> EventData:
    """Return the events, newest first.

    Args:
        base: A release's database.
        documents: Numbers of the document versions; those of the events are added.
    """
    table = base.sql(_EVENTS, params=[EVENTS_SHOWN]).to_arrow_table()
    pools: dict[str, Pool[Any]] = defaultdict(Pool)
    columns: dict[str, Any] = {}
    for name in table.column_names:
        column = table[name]
        if name in _POOLED:
            columns[name] = numbered(pools[_POOLED[name]], column)
        elif name in ("start", "end"):
            columns[name] = days(column)
        elif name in ("negated", "conflict"):
            columns[name] = column.cast(pa.int8()).to_pylist()
        elif name == "document":
            columns[name] = numbered(documents, column)
        elif name not in _WORDS:
            columns[name] = plain(column)
    ids: list[str] = table["id"].to_pylist()
    words = {name: plain(table[name]) for name in _WORDS}
    base.register("shown", pa.table({"event_id": table["id"], "number": pa.array(range(len(ids)), pa.int32())}))
    columns |= _parties(base, pools, len(ids))
    columns |= _instruments(base, pools, len(ids))
    columns |= _candidates(base, pools, len(ids))
    base.unregister("shown")
    blocks = [
        {name: values[first : first + EVENTS_A_BLOCK] for name, values in words.items()}
        for first in range(0, len(ids), EVENTS_A_BLOCK)
    ]
    return EventData(ids, {**columns, "pools": {name: pool.values() for name, pool in pools.items()}}, blocks)


def documents_of(base: duckdb.DuckDBPyConnection, documents: Pool[str]) -> list[list[Any]]:
    """Return what the page says of each document version, in the order of their numbers."""
    wanted = documents.values()
    numbers = {"document_version_id": pa.array(wanted, pa.string()), "number": pa.array(range(len(wanted)))}
    base.register("wanted", pa.table(numbers))
    rows = base.execute(_DOCUMENTS).fetchall()
    base.unregister("wanted")
    found = {}
    for version, title, url, publisher, source, language, published, *rest in rows:
        day = None if published is None else published.isoformat()
        found[version] = [version, visible(title or ""), url, visible(publisher or ""), source, language, day, *rest]
    return [found[version] for version in wanted]


def _parties(base: duckdb.DuckDBPyConnection, pools: dict[str, Pool[Any]], n: int) -> dict[str, list[Any]]:
    """Return role, name, country and basis of all parties, one event after the other, and where each event ends."""
    table = base.sql(_PARTIES).to_arrow_table()
    return {
        "party_role": numbered(pools["roles"], table["role"]),
        "party_name": numbered(pools["parties"], table["party_name"]),
        "party_country": numbered(pools["codes"], table["country_code"]),
        "party_basis": numbered(pools["bases"], table["basis"]),
        "party_end": _ends(table["number"], n),
    }


def _instruments(base: duckdb.DuckDBPyConnection, pools: dict[str, Pool[Any]], n: int) -> dict[str, list[Any]]:
    table = base.sql(_INSTRUMENTS).to_arrow_table()
    return {
        "instrument": numbered(pools["instruments"], table["name"]),
        "instrument_end": _ends(table["number"], n),
    }


def _candidates(base: duckdb.DuckDBPyConnection, pools: dict[str, Pool[Any]], n: int) -> dict[str, list[Any]]:
    """Return office and name of all who may be meant by an office, one event after the other, and where each ends."""
    table = base.sql(_CANDIDATES).to_arrow_table()
    return {
        "candidate_office": numbered(pools["offices"], table["office"]),
        "candidate_name": numbered(pools["candidates"], table["candidate_name"]),
        "candidate_end": _ends(table["number"], n),
    }


def _ends(numbers: pa.ChunkedArray, n: int) -> list[int]:
    """Return for each event where its rows end in a table sorted by event."""
    ends: list[int] = np.cumsum(np.bincount(numbers.to_numpy(), minlength=n)).tolist()
    return ends[:n]
