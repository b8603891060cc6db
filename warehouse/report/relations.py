"""The other tables and views of a release for the page, whatever they are: made from the database and the contracts.

A new table or view needs no line here: its columns and their descriptions come from the database's own comments, and
a key that refers to a dimension is replaced by the name it stands for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from warehouse.report.pools import plain
from warehouse.tables import CURATED

ROWS_SHOWN = 2_000
# A column of ids of facts, shown as the way to their evidence.
FACT = "FACT"
# Shown elsewhere on the page, or machinery that tells a reader nothing without SQL.
_NOT_SHOWN = frozenset(
    {
        "fact_event", "fact_claim", "fact_mention", "fact_gate_result", "fact_change", "dim_date", "dim_country",
        "dim_event_type", "document_text", "id_registry", "v_event_flat", "v_evidence",
    }
)  # fmt: skip
_UNKNOWN = ("ent_unknown", "rsp_unknown", "ver_unknown", "ZZ", "unknown")
_LABELS = ("name", "label", "title")
_HIDDEN_SUFFIXES = ("_id", "_key", "_hash", "sha256")

_RELATIONS = """
SELECT table_name, comment, 'table' FROM duckdb_tables()
UNION ALL
SELECT view_name, comment, 'view' FROM duckdb_views() WHERE NOT internal
"""
_COLUMNS = (
    "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
)


def relations_of(base: duckdb.DuckDBPyConnection, facts: Collection[str]) -> list[dict[str, Any]]:
    """Return what the page shows of each relation: name, title, description, columns, rows and how many there are.

    Args:
        base: A release's database.
        facts: Ids of the facts whose evidence the page has; a column of such ids is of the kind `FACT`.
    """
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for table, *column in base.execute(_COLUMNS).fetchall():
        columns.setdefault(table, []).append((column[0], column[1], column[2] or ""))
    found = [
        _relation(base, name, comment or "", columns, facts)
        for name, comment, _ in base.execute(_RELATIONS).fetchall()
        if name not in _NOT_SHOWN and not name.startswith("bridge_")
    ]
    # Views first: they have names where tables have keys.
    order = {"v": 0, "fact": 1, "dim": 2}
    return sorted(found, key=lambda entry: (order.get(entry["name"].partition("_")[0], 3), entry["name"]))


def _relation(
    base: duckdb.DuckDBPyConnection,
    name: str,
    comment: str,
    columns: Mapping[str, list[tuple[str, str, str]]],
    facts: Collection[str],
) -> dict[str, Any]:
    shown: list[list[str]] = []
    selected: list[str] = []
    joins: list[str] = []
    for column, kind, description in columns[name]:
        target = _target(name, column)
        if target is not None and (label := _label(target[0], columns)) is not None:
            alias = f"d{len(joins)}"
            joins.append(f'LEFT JOIN "{target[0]}" AS {alias} ON t."{column}" = {alias}."{target[1]}"')
            selected.append(f"nullif({alias}.\"{label}\", 'unknown')")
            shown.append(
                [column.removesuffix("_id").removesuffix("_version").removesuffix("_code"), "VARCHAR", description]
            )
        elif column in ("event_id", _own_key(name)):
            selected.append(f't."{column}"')
            shown.append([column, FACT, description])
        elif not column.endswith(_HIDDEN_SUFFIXES):
            selected.append(f't."{column}"')
            shown.append([column, kind, description])
    key = columns[name][0][0]
    where = f'WHERE CAST(t."{key}" AS VARCHAR) NOT IN {_UNKNOWN}' if name.startswith("dim_") else ""
    source = f'FROM "{name}" AS t {" ".join(joins)} {where}'
    ((total,),) = base.execute(f'SELECT count(*) FROM "{name}" AS t {where}').fetchall()  # noqa: S608 — names of the catalogue
    # By all columns: a view has no order of its own.
    rows = base.sql(f"SELECT {', '.join(selected)} {source} ORDER BY ALL LIMIT {ROWS_SHOWN}").to_arrow_table()
    values = [
        [one if one in facts else None for one in column.to_pylist()] if kind == FACT else plain(column)
        for (_, kind, _), column in zip(shown, rows.columns, strict=True)
    ]
    return {
        "name": name,
        "title": name.partition("_")[2].replace("_", " ").capitalize(),
        "description": comment,
        "columns": shown,
        "rows": [*zip(*values, strict=True)],
        "total": total,
    }


def _own_key(name: str) -> str | None:
    """Return the column that identifies a fact, under which its evidence is kept."""
    keys = [contract.key for contract in CURATED if contract.name == name and name.startswith("fact_")]
    return keys[0][0] if keys and len(keys[0]) == 1 else None


def _target(name: str, column: str) -> tuple[str, str] | None:
    """Return table and column a foreign key refers to, where that is a dimension."""
    for contract in CURATED:
        if contract.name == name and column in contract.column_names:
            reference = contract.column(column).refers_to
            if reference is not None and reference.split(".")[1].startswith("dim_"):
                return reference.split(".")[1], reference.split(".")[2]
    return None


def _label(table: str, columns: Mapping[str, list[tuple[str, str, str]]]) -> str | None:
    names = {column for column, _, _ in columns.get(table, ())}
    return next((label for label in _LABELS if label in names), None)
