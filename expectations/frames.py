"""The rows of one table as a gate sees them: the files stacked, and each row led back to its file, source and key.

Nothing here judges a row. Pure pyarrow and numpy; Great Expectations stays in `expectations.engine`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from warehouse.contract import TYPES, TableContract
from warehouse.staging import Part

Tables: TypeAlias = Mapping[str, pa.Table]
Rows: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

# Where a row lies, as columns beside its own, so that a rule can compare the two.
PARTITION_SOURCE = "partition.source_id"
PARTITION_DATE = "partition.logical_date"
KEY_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Frame:
    """All rows of one table in one gate.

    Attributes:
        contract: Contract of the table.
        parts: The files, in the order of their rows.
        table: The columns of the contract, and the partition of each row. A column that one file lacks, or has in
            another type, is left out: a rule that needs it is then a broken check, never a silent pass.
        part_of: For each row the position of its file in `parts`.
    """

    contract: TableContract
    parts: tuple[Part, ...]
    table: pa.Table
    part_of: Rows

    @property
    def name(self) -> str:
        """Layer and name of the table."""
        return f"{self.contract.layer}.{self.contract.name}"

    def sources(self) -> list[str | None]:
        """Return the source of each row; None in a table over everything."""
        by_part = [None if part.partition is None else part.partition.source_id for part in self.parts]
        return [by_part[position] for position in self.part_of]

    def places(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return `source/date` for each row given; the name of the table where it has no partitions."""
        by_part = [_place(part, self.name) for part in self.parts]
        return [by_part[self.part_of[row]] for row in rows]

    def keys(self, rows: Sequence[int] | Rows) -> list[str]:
        """Return the key of each row given, its parts joined by `|`; `?` for a key column that could not be read."""
        chosen = pa.array(rows, pa.int64())
        columns = [
            self.table.column(name).take(chosen).to_pylist() if name in self.table.column_names else ["?"] * len(chosen)
            for name in self.contract.key
        ]
        return [KEY_SEPARATOR.join(map(str, values)) for values in zip(*columns, strict=True)]


def stack(contract: TableContract, parts: Sequence[Part], unusable: Collection[str] = ()) -> Frame:
    """Return the rows of all files of one table; an empty frame with all columns if there is no file.

    Args:
        contract: Contract of the table.
        parts: Its files.
        unusable: Columns that a file lacks or has in another type.
    """
    sizes = [len(part.table) for part in parts]
    part_of = np.repeat(np.arange(len(parts), dtype=np.int64), sizes)
    columns: dict[str, pa.ChunkedArray] = {}
    for column in contract.columns:
        if column.name not in unusable:
            columns[column.name] = _column(parts, column.name, TYPES[column.type])
    columns[PARTITION_SOURCE] = _spread([_source(part) for part in parts], part_of, pa.string())
    columns[PARTITION_DATE] = _spread([_date(part) for part in parts], part_of, pa.date32())
    return Frame(contract, tuple(parts), pa.table(columns), part_of)


def _column(parts: Sequence[Part], name: str, wanted: pa.DataType) -> pa.ChunkedArray:
    chunks = [chunk for part in parts for chunk in part.table.column(name).cast(wanted).chunks]
    return pa.chunked_array(chunks, wanted)


def _spread(values: Sequence[str | date | None], part_of: Rows, kind: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, kind).take(pa.array(part_of))], kind)


def _source(part: Part) -> str | None:
    return None if part.partition is None else part.partition.source_id


def _date(part: Part) -> date | None:
    return None if part.partition is None else part.partition.logical_date


def _place(part: Part, table: str) -> str:
    if part.partition is None:
        return table
    return f"{part.partition.source_id}/{part.partition.logical_date.isoformat()}"
