"""The form of a table contract: layer, grain, key, columns with descriptions, partitioning.

Contracts are data. The pyarrow schema, the data dictionary, the datapackage, the DuckDB comments and the first checks
of every gate are derived from them. The contracts themselves live in `warehouse.tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Layer = Literal["archive", "documents", "extracted", "resolved", "curated", "quality"]

TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "decimal": pa.decimal128(18, 2),
    "binary": pa.binary(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type (a key of `TYPES`), what it means, and what may stand in it.

    Attributes:
        name: Column name in the style of the project: `_id`, `_on` a date, `_at` a UTC instant, `is_` a truth value.
        type: A key of `TYPES`.
        description: One sentence for a reader who has only the file.
        nullable: False where a null is a defect.
        values: The closed vocabulary, if there is one.
        refers_to: `layer.table.column` whose values these are, if the column is a foreign key.
    """

    name: str
    type: str
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    refers_to: str | None = None

    @property
    def field(self) -> pa.Field:
        """The pyarrow field, with the description in its metadata."""
        return pa.field(self.name, TYPES[self.type], nullable=self.nullable, metadata={"description": self.description})


@dataclass(frozen=True, slots=True)
class TableContract:
    """What a table is.

    Attributes:
        name: Table name, unique over all layers.
        layer: The layer that holds it.
        grain: What one row is.
        key: Columns that identify a row.
        columns: In the order in which they are written.
        partitioned: True where files lie under `source / logical date`; False for one table over everything.
        sort: Columns the rows are sorted by; the key if empty.
        by_year: Column with the year, for a table of a release that lies in one file a year; None for one file.
        volatile: Columns that describe the run itself and stay outside row hashes.
        row_floor: Fewest rows a published table may have; 0 where an empty table is lawful.
        caveats: What a reader must know not to draw a wrong conclusion, one sentence each.
    """

    name: str
    layer: Layer
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    partitioned: bool = True
    sort: tuple[str, ...] = ()
    by_year: str | None = None
    volatile: tuple[str, ...] = ()
    row_floor: int = 0
    caveats: tuple[str, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        """The pyarrow schema with descriptions; the table's grain and key stand in the schema's metadata."""
        return pa.schema(
            [column.field for column in self.columns],
            metadata={"table": f"{self.layer}.{self.name}", "grain": self.grain, "key": ",".join(self.key)},
        )

    @property
    def sort_order(self) -> tuple[str, ...]:
        """The columns rows are sorted by before they are written."""
        return self.sort or self.key

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in writing order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return one column by its name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.layer}.{self.name} has no column {name!r}")
