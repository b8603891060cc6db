"""CSV: one file a table, or several where a table has more rows than a spreadsheet; and their Frictionless package.

UTF-8, commas, a header, text always in quotes and nulls never: `""` is an empty text and nothing is a null. Instants
are ISO 8601 in UTC.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from warehouse.contract import TableContract
from warehouse.datapackage import PublishedFile, data_package
from warehouse.exports.cells import harmless_column

# A sheet has 1,048,576 rows, one of them the header.
ROWS_A_FILE = 1_000_000


def csv_parts(table: pa.Table, rows: int = ROWS_A_FILE) -> Iterator[bytes]:
    """Yield the CSV files of a table, at most so many rows each; at least one, with the header.

    Args:
        table: In the order in which the release has it.
        rows: Most rows of one file.
    """
    shown = _as_text(table)
    for first in range(0, max(len(table), 1), rows):
        sink = io.BytesIO()
        csv.write_csv(shown.slice(first, rows), sink)
        yield sink.getvalue()


def _as_text(table: pa.Table) -> pa.Table:
    columns = []
    for field in table.schema:
        column = table[field.name]
        if pa.types.is_string(field.type):
            column = harmless_column(column)
        elif pa.types.is_timestamp(field.type):
            column = pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ")
        columns.append(column)
    return pa.table(columns, names=table.column_names)


def export_package(
    release_id: str, schema_version: str, contracts: Sequence[TableContract], files: Mapping[str, list[PublishedFile]]
) -> dict[str, Any]:
    """Return the Frictionless description of the CSV files, with paths below `exports/`.

    Args:
        release_id: The release.
        schema_version: Version of the tables.
        contracts: Contracts of all tables.
        files: Table → its files, in order.
    """
    package = data_package(release_id, schema_version, contracts, files)
    for resource in package["resources"]:
        resource |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        resource["path"] = resource["path"].removeprefix("exports/")
        if "extrapaths" in resource:
            resource["extrapaths"] = [path.removeprefix("exports/") for path in resource["extrapaths"]]
    return package
