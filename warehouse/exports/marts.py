"""Marts: the views that people without joins ask for, as Parquet with the descriptions of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.contract import TYPES, Column, TableContract
from warehouse.duckdb_file import View, load_views
from warehouse.errors import ContractError, StorageError

# What a row of each is, and the column that identifies it.
MARTS = {"v_event_flat": ("event_id",)}


def mart_tables(database: Path) -> Iterator[tuple[TableContract, pa.Table]]:
    """Yield contract and rows of each mart of a release.

    Args:
        database: The release's `warehouse.duckdb`.

    Raises:
        ContractError: A view has a column of a type that no table of ours may have.
        StorageError: The database cannot be read.
    """
    views = {view.name: view for view in load_views()}
    try:
        with duckdb.connect(str(database), read_only=True) as base:
            for name, key in MARTS.items():
                yield _mart(views[name], key, base.table(name).to_arrow_table())
    except duckdb.Error as error:
        raise StorageError(f"a mart could not be read ({error})", str(database), "Publish again.") from error


def _mart(view: View, key: tuple[str, ...], rows: pa.Table) -> tuple[TableContract, pa.Table]:
    types = {form: name for name, form in TYPES.items()}
    columns = []
    for field in rows.schema:
        plain = pa.string() if pa.types.is_large_string(field.type) else field.type
        if plain not in types:
            raise ContractError(
                f"column {field.name} is a {field.type}", view.name, "Cast it in the view to a type of the contracts."
            )
        columns.append(Column(field.name, types[plain], view.columns[field.name], nullable=field.name not in key))
    contract = TableContract(
        name=view.name,
        layer="curated",
        grain=view.description.removesuffix("."),
        key=key,
        columns=tuple(columns),
        partitioned=False,
    )
    return contract, rows.cast(contract.schema)
