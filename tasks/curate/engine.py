"""DuckDB as the curate stage uses it: Arrow tables in, one table for each SQL file, tables of the contract out.

What a table means stands in its SQL file; this module knows only how a file is run and how a result becomes byte-equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.errors import ContractError

SQL_DIRECTORY = Path(__file__).parent / "sql"
MADE_SCHEMAS = ("stage", "curated")


@contextmanager
def workshop(
    tables: Mapping[str, pa.Table], spill_directory: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database of its own that sees the given Arrow tables and nothing else.

    Args:
        tables: Tables by `schema.name`; they are read where they lie, not copied.
        spill_directory: Where intermediate results that outgrow the memory go; None: the system's own place.

    Yields:
        A connection with a schema for each layer given, the empty schemas `stage` and `curated`, and the macros.
    """
    with TemporaryDirectory(prefix="communique-curate-", dir=spill_directory) as spill:
        connection = duckdb.connect(
            ":memory:",
            config={
                "temp_directory": spill,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                # A misspelt table must be an error, not a Python variable of that name.
                "python_enable_replacements": "false",
            },
        )
        try:
            # The files of the warehouse are the store's business. (Once this is off, the directory cannot be set.)
            connection.execute("SET enable_external_access = false").complete()
            # A day of an instant is its day in UTC, whatever the zone of the machine.
            connection.execute("SET TimeZone = 'UTC'").complete()
            connection.execute("SET preserve_insertion_order = true").complete()
            for name in sorted(tables):
                register(connection, name, tables[name])
            for schema in MADE_SCHEMAS:
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}").complete()
            connection.execute(read_sql("macros")).complete()
            yield connection
        finally:
            connection.close()


def register(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Let the SQL see an Arrow table as `schema.name`; it is read where it lies, not copied."""
    schema, short = name.split(".")
    connection.register(f"arrow_{schema}_{short}", table)
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}").complete()
    connection.execute(f"CREATE VIEW {schema}.{short} AS FROM arrow_{schema}_{short}").complete()


def read_sql(name: str) -> str:
    """Return the text of one SQL file of this package."""
    return (SQL_DIRECTORY / f"{name}.sql").read_text(encoding="utf-8")


def build(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run the SQL file of a table and keep its rows as `name`: `curated.x` from x.sql, `stage.x` from stage_x.sql."""
    file = name.removeprefix("curated.").replace(".", "_")
    connection.execute(f"CREATE TABLE {name} AS\n{read_sql(file)}").complete()


def export(connection: duckdb.DuckDBPyConnection, contract: TableContract) -> pa.Table:
    """Return a built table in the contract's schema, sorted by the contract's order, in one chunk a column.

    Raises:
        ContractError: A column of the contract was not built, or its values do not fit its type.
    """
    order = ", ".join(f'"{name}"' for name in contract.sort_order)
    built = connection.sql(f"FROM {contract.layer}.{contract.name} ORDER BY {order}").to_arrow_table()
    return conform(contract, built)


def conform(contract: TableContract, table: pa.Table) -> pa.Table:
    """Return the columns of the contract in its order and types; the rows stay as they are.

    Nulls and vocabularies are not looked at here: the contract check of the gate reports them by rule.

    Raises:
        ContractError: A column is missing, or its values do not fit its type.
    """
    where = f"{contract.layer}.{contract.name}"
    columns = []
    for column in contract.columns:
        if column.name not in table.column_names:
            raise ContractError(f"column {column.name} is missing", where, "Add it to the table's SQL file.")
        try:
            columns.append(table[column.name].cast(column.field.type))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise ContractError(f"column {column.name}: {error}", where, "Cast it in the table's SQL file.") from error
    return pa.Table.from_arrays(columns, schema=contract.schema).combine_chunks()
