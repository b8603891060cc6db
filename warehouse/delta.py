"""The difference between two releases as rows: what a copy of the earlier one needs to become the later one.

A release after the first has `delta/<table>.parquet` for each table that differs: the columns of the table and, before
them, `delta`: `put` for a row that is new or has other values, `delete` for one that is gone, of which only the key is
filled. Put after delete, sorted by the table's order, gives the table of the new release row by row.

The tables that describe the run itself (`fact_gate_result`, `fact_change`) have none: they are read whole.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.contract import TableContract
from warehouse.errors import StorageError
from warehouse.release import Release

log = logging.getLogger(__name__)

ACTION = "delta"
PUT, DELETE = "put", "delete"


def encode_deltas(base: Release, tables: Mapping[str, tuple[TableContract, pa.Table]]) -> dict[str, bytes] | None:
    """Return the delta files of the tables that differ from a release.

    Args:
        base: The release before.
        tables: Name → contract and new state of each table that differs.

    Returns:
        Name → Parquet file; None where a table of the release before cannot be read: then there is no difference to it.
    """
    try:
        before = {name: base.read_as_written(name) for name in tables if name in base.rows}
    except StorageError as error:
        log.warning("%s; the new release has no delta to it", error)
        return None
    files = {}
    for name, (contract, table) in tables.items():
        sink = io.BytesIO()
        delta = delta_of(contract, before.get(name), table)
        pq.write_table(delta, sink, compression="zstd", write_page_checksum=True)
        files[name] = sink.getvalue()
    return files


def delta_schema(contract: TableContract) -> pa.Schema:
    """Return the schema of a table's delta: the action, then the columns of the table, null where a row is deleted."""
    action = pa.field(ACTION, pa.string(), nullable=False, metadata={"description": "put or delete."})
    return pa.schema([action, *(column.field.with_nullable(True) for column in contract.columns)])


def delta_of(contract: TableContract, before: pa.Table | None, after: pa.Table) -> pa.Table:
    """Return the delta between two states of a table; without rows where they are equal.

    Args:
        contract: Contract of the table.
        before: The earlier state; None where the release before has no such table. Under another version of the
            tables it may lack columns: then every row is put anew.
        after: The later state.
    """
    schema = delta_schema(contract)
    if before is None or not set(contract.key) <= set(before.column_names):
        return _rows(schema, PUT, after)
    names = ", ".join(_quoted(name) for name in contract.column_names)
    key = ", ".join(_quoted(name) for name in contract.key)
    same = set(contract.column_names) <= set(before.column_names)
    with duckdb.connect(":memory:", config={"python_enable_replacements": "false"}) as base:
        base.register("earlier", before)
        base.register("later", after)
        changed = f"SELECT {names} FROM later" + (f" EXCEPT SELECT {names} FROM earlier" if same else "")  # noqa: S608 — names of our contracts
        put = base.sql(changed).to_arrow_table()
        gone = base.sql(f"SELECT {key} FROM earlier ANTI JOIN later USING ({key})").to_arrow_table()  # noqa: S608 — as above
    order = [(name, "ascending") for name in (ACTION, *contract.sort_order)]
    return pa.concat_tables([_rows(schema, PUT, put), _rows(schema, DELETE, gone)]).sort_by(order).combine_chunks()


def apply_delta(contract: TableContract, before: pa.Table, delta: pa.Table) -> pa.Table:
    """Return the later state of a table, made of the earlier one and the delta.

    Raises:
        pyarrow.ArrowInvalid: The delta is not one of this table.
    """
    key = ", ".join(_quoted(name) for name in contract.key)
    with duckdb.connect(":memory:", config={"python_enable_replacements": "false"}) as base:
        base.register("earlier", before)
        base.register("change", delta)
        kept = base.sql(f"FROM earlier ANTI JOIN change USING ({key})").to_arrow_table()
    put = delta.filter(pc.equal(delta[ACTION], PUT)).drop_columns([ACTION])
    order = [(name, "ascending") for name in contract.sort_order]
    whole = pa.concat_tables([_in(contract, kept), _in(contract, put)])
    return whole.sort_by(order).combine_chunks()


def _in(contract: TableContract, table: pa.Table) -> pa.Table:
    """Return the rows in the contract's schema; a column they do not have is null."""
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.chunked_array([pa.nulls(len(table), field.type)])
        for field in contract.schema
    ]
    return pa.Table.from_arrays(columns, schema=contract.schema)


def _rows(schema: pa.Schema, action: str, rows: pa.Table) -> pa.Table:
    columns = [pa.chunked_array([pa.repeat(action, len(rows))])]
    columns += [
        rows[field.name].cast(field.type)
        if field.name in rows.column_names
        else pa.chunked_array([pa.nulls(len(rows), field.type)])
        for field in list(schema)[1:]
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
