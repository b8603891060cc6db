"""`warehouse.duckdb`: all tables and views of a release in one file that needs nothing beside it.

Tables and columns carry their descriptions as comments. The views are the `.sql` files in `warehouse/views`: one
query each, under a head of comment lines that describes the view and each of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.errors import StorageError

VIEWS_DIRECTORY = Path(__file__).parent / "views"
_TYPES = {
    "string": "VARCHAR",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "decimal": "DECIMAL(18, 2)",
    "binary": "BLOB",
}
_COLUMN_NOTE = re.compile(r"([a-z][a-z0-9_]*): (.+)")


@dataclass(frozen=True, slots=True)
class View:
    """A published view.

    Attributes:
        name: Its name, that of its file.
        description: What a row is.
        columns: Column → description, in the order of the query.
        query: The SELECT.
    """

    name: str
    description: str
    columns: Mapping[str, str]
    query: str


def load_views(directory: Path = VIEWS_DIRECTORY) -> list[View]:
    """Return the views of a directory, by name."""
    return [_parse(path) for path in sorted(directory.glob("*.sql"))]


def build_database(path: Path, tables: Mapping[str, tuple[TableContract, pa.Table]]) -> None:
    """Write the database file of a release.

    Args:
        path: The file; must not exist.
        tables: Name → contract and rows.

    Raises:
        StorageError: It could not be written.
    """
    try:
        with duckdb.connect(str(path)) as connection:
            connection.execute("BEGIN")
            for contract, table in tables.values():
                _load(connection, contract, table)
            for view in load_views():
                for statement in _view_statements(view):
                    connection.execute(statement)
            for directory in sorted(path for path in VIEWS_DIRECTORY.glob("v[0-9]*") if path.is_dir()):
                # Tables as readers of an earlier major version know them; see warehouse.compatibility.
                connection.execute(f"CREATE SCHEMA {_quoted(directory.name)}")
                for view in load_views(directory):
                    for statement in _view_statements(view, directory.name):
                        connection.execute(statement)
            connection.execute("COMMIT")
            # Into the file itself: a log beside it would be a second file that a release does not list.
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise StorageError(
            f"the database file could not be written ({error})",
            str(path),
            "Free space or raise the quota and run again; what was published before is untouched.",
        ) from error


def _load(connection: duckdb.DuckDBPyConnection, contract: TableContract, table: pa.Table) -> None:
    name = _quoted(contract.name)
    columns = ", ".join(
        f"{_quoted(column.name)} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
        for column in contract.columns
    )
    connection.execute(f"CREATE TABLE {name} ({columns})")
    connection.register("incoming_rows", table)
    names = ", ".join(_quoted(column) for column in contract.column_names)
    connection.execute(f"INSERT INTO {name} SELECT {names} FROM incoming_rows")  # noqa: S608 — names of our contracts
    connection.unregister("incoming_rows")
    connection.execute(f"COMMENT ON TABLE {name} IS {_text(f'Grain: {contract.grain}.')}")
    for column in contract.columns:
        connection.execute(f"COMMENT ON COLUMN {name}.{_quoted(column.name)} IS {_text(column.description)}")


def _view_statements(view: View, schema: str = "main") -> Iterator[str]:
    name = f"{_quoted(schema)}.{_quoted(view.name)}"
    yield f"CREATE VIEW {name} AS {view.query}"
    yield f"COMMENT ON VIEW {name} IS {_text(view.description)}"
    for column, description in view.columns.items():
        yield f"COMMENT ON COLUMN {name}.{_quoted(column)} IS {_text(description)}"


def _parse(path: Path) -> View:
    """Split a view's file into its head and its query: free lines describe the view, `name: text` a column."""
    description: list[str] = []
    columns: dict[str, str] = {}
    lines = path.read_text("utf-8").splitlines()
    end = next((index for index, line in enumerate(lines) if not line.startswith("--")), len(lines))
    for line in lines[:end]:
        text = line.removeprefix("--").strip()
        note = _COLUMN_NOTE.fullmatch(text)
        if note:
            columns[note[1]] = note[2]
        elif text:
            description.append(text)
    return View(path.stem, " ".join(description), columns, "\n".join(lines[end:]).strip().rstrip(";"))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
