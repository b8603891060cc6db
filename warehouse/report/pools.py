"""Compact form of tables for the page: values that repeat are written once and referred to by number."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.report.text import visible, visible_column

Value = TypeVar("Value", bound=Hashable)


class Pool(Generic[Value]):
    """The distinct values of a column in the order they were first seen."""

    def __init__(self) -> None:
        self._numbers: dict[Value, int] = {}

    def number(self, value: Value) -> int:
        """Return the number of a value, counted from 0."""
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> list[Any]:
        """Return the values by number."""
        return list(self._numbers)


def numbered(pool: Pool[str], column: pa.ChunkedArray) -> list[int | None]:
    """Return the number of each value of a column of text, as the page shows it; None for a null."""
    encoded = column.combine_chunks().dictionary_encode()
    numbers = [pool.number(visible(value)) for value in encoded.dictionary.to_pylist()]
    found: list[int | None] = pa.array(numbers, pa.int32()).take(encoded.indices).to_pylist()
    return found


def plain(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column as JSON can write them; text as the page shows it.

    Raises:
        TypeError: The page has no form for values of this type.
    """
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        column = visible_column(column)
    elif pa.types.is_timestamp(kind):
        column = pc.strftime(column, format="%Y-%m-%d %H:%M UTC")
    elif pa.types.is_date(kind):
        column = pc.strftime(column, format="%Y-%m-%d")
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.string())
    elif not (pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        raise TypeError(f"{kind} has no place in the report")
    found: list[Any] = column.to_pylist()
    return found


def days(column: pa.ChunkedArray) -> list[int | None]:
    """Return the days since 1970-01-01: what a page can compare without a calendar."""
    found: list[int | None] = column.cast(pa.int32()).to_pylist()
    return found
