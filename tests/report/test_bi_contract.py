"""What BI tools need of types and file layout: the table of docs/bi/README.md, held against contracts and a release."""

import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as dataset
import pyarrow.parquet as pq
import pytest

from warehouse.contract import TYPES, TableContract
from warehouse.publication import Release
from warehouse.tables import CURATED

PLAIN = {
    pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us", tz="UTC"),
    pa.decimal128(18, 2),
}  # fmt: skip
# Largest whole number that a double, and so Excel and JavaScript, holds exactly.
EXACT = 2**53
NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
PUBLISHED = [
    *(f"tables/{contract.name}{'' if contract.by_year else '.parquet'}" for contract in CURATED),
    "marts/v_event_flat.parquet",
]


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_published_file_has_plain_types_and_descriptions(released: Release, path: str) -> None:
    schema = dataset.dataset(released.path / path).schema
    assert {str(field.type) for field in schema if field.type not in PLAIN} == set()
    assert [field.name for field in schema if not (field.metadata or {}).get(b"description")] == []
    assert [name for name in schema.names if not NAME.fullmatch(name)] == []


@pytest.mark.parametrize("path", PUBLISHED)
def test_no_number_is_rounded_by_a_spreadsheet(released: Release, path: str) -> None:
    table = pq.read_table(released.path / path)
    for field in table.schema:
        if pa.types.is_integer(field.type) and len(table):
            span = pc.min_max(table[field.name]).as_py()
            assert all(abs(value) <= EXACT for value in span.values() if value is not None), field.name
        if pa.types.is_floating(field.type):
            finite = pc.is_finite(table[field.name].drop_null())
            assert pc.all(finite, min_count=0).as_py(), field.name


@pytest.mark.parametrize("contract", CURATED, ids=lambda contract: contract.name)
def test_a_table_is_one_file_of_its_name_or_one_a_year(released: Release, contract: TableContract) -> None:
    assert NAME.fullmatch(contract.name)
    place = released.table_path(contract.name)
    if contract.by_year is None:
        assert place == released.path / "tables" / f"{contract.name}.parquet"
    else:
        years = {f"{year:04}.parquet": {year} for year in released.read(contract.name)[contract.by_year].to_pylist()}
        found = {path.name: set(pq.read_table(path)[contract.by_year].to_pylist()) for path in place.iterdir()}
        assert (place, found) == (released.path / "tables" / contract.name, years)
    assert {TYPES[column.type] for column in contract.columns} <= PLAIN
    names = [name.lower() for name in contract.column_names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("contract", CURATED, ids=lambda contract: contract.name)
def test_inner_joins_with_dimensions_lose_no_row(base: duckdb.DuckDBPyConnection, contract: TableContract) -> None:
    for column in contract.columns:
        _, table, target = (column.refers_to or "..").split(".")
        if not table.startswith("dim_"):
            continue
        given = base.table(contract.name).filter(f'"{column.name}" IS NOT NULL').project(f'"{column.name}"').fetchall()
        assert set(given) <= set(base.table(table).project(f'"{target}"').fetchall()), column.name
        if not contract.name.startswith("dim_"):
            assert not column.nullable, f"{column.name}: an inner join would lose what has none"


def test_the_database_opens_from_anywhere_and_explains_itself(released: Release, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere.duckdb"
    copy.write_bytes(released.duckdb_path.read_bytes())
    with duckdb.connect(str(copy), read_only=True) as moved:
        silent = moved.execute("""
            SELECT table_name, '' FROM duckdb_tables() WHERE comment IS NULL
            UNION ALL SELECT view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
        """).fetchall()
        assert silent == []
        views = [row[0] for row in moved.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()]
        assert {"v_event_flat", "v_evidence"} <= set(views)
        for view in views:
            moved.table(view).limit(1).fetchall()
