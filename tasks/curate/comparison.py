"""Two kept releases compared for a reader: the change feed between them, each fact with words to recognise it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tasks.curate.changes import COMPARED, fact_changes
from warehouse.publication import Release, read_release

# What tells a person which fact is meant, by table; the first columns that have a value.
LABELS: Mapping[str, tuple[str, ...]] = {
    "fact_event": ("event_type", "status", "start_on", "country_code"),
    "fact_quantity": ("qualifier", "value_min", "unit"),
    "fact_funding": ("relation_type",),
    "fact_pledge": ("pledger_names", "kind", "value_min", "unit"),
    "fact_instrument_status": ("step", "status", "start_on"),
    "fact_statement": ("speaker_name", "role"),
    "dim_document": ("title",),
    "dim_role_spell": ("office",),
}
NAME = ("name",)


def compare_releases(earlier: Release, later: Release) -> list[dict[str, Any]]:
    """Return the rows of `fact_change` between any two kept releases, each with a `label`.

    Raises:
        IntegrityError: A file of one of them is damaged.
        ContractError: They are of different major versions.
    """
    before, after = read_release(earlier), read_release(later)
    rows = fact_changes(before, after, after["id_registry"]).to_pylist()
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row["fact_table"], []).append(row["fact_id"])
    labels: dict[tuple[str, str], str] = {}
    for contract in COMPARED:
        ids = wanted.get(contract.name, [])
        for tables in (before, after):
            labels |= _labels(contract.name, contract.key[0], tables.get(contract.name), ids)
    return [{**row, "label": labels.get((row["fact_table"], row["fact_id"]))} for row in rows]


def _labels(name: str, key: str, table: pa.Table | None, ids: list[str]) -> dict[tuple[str, str], str]:
    if table is None or not ids or key not in table.column_names:
        return {}
    chosen = table.filter(pc.is_in(table[key], value_set=pa.array(ids, pa.string())))
    columns = [column for column in LABELS.get(name, NAME) if column in table.column_names]
    return {
        (name, row[key]): " ".join(str(row[column]) for column in columns if row[column] is not None)
        for row in chosen.to_pylist()
    }
