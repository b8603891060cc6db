"""Compact form of tables for the page: values that repeat are written once and referred to by number."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
_EPOCH = date(1970, 1, 1)


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


def day_number(day: date | None) -> int | None:
    """Return the days since 1970-01-01: what a page can compare without a calendar."""
    return None if day is None else (day - _EPOCH).days
