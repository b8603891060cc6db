"""Whether a frame is what its table contract says: columns, types, nulls, key, closed vocabularies.

These are the cheap checks every table passes before it is written. What a value means, and whether rows fit those of
other tables, is the business of the gates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.contract import TYPES, Column, TableContract
from warehouse.errors import ContractError

EXAMPLES_SHOWN = 5
VIOLATIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a frame breaks its contract.

    Attributes:
        table: Layer and name of the table.
        column: Column concerned, or the key's columns.
        rule: columns_missing, columns_extra, type, invalid, null, key or vocabulary.
        detail: What is wrong, with at most five examples.
        n: Rows concerned; 0 where the whole column is.
    """

    table: str
    column: str
    rule: str
    detail: str
    n: int = 0

    def __str__(self) -> str:
        """One line for a message."""
        return f"{self.column}: {self.detail}"


def check_contract(contract: TableContract, table: pa.Table) -> list[Violation]:
    """Return every way in which the frame breaks the contract; an empty list if there is none.

    Types that hold the same values in another form are no violation (see `enforce`); the order of columns is none
    either. Contents are checked only once columns and types are right.
    """
    violations = list(_columns(contract, table))
    return violations or list(_contents(contract, _cast(contract, table)))


def enforce(contract: TableContract, table: pa.Table) -> pa.Table:
    """Return the frame in the contract's schema: its order of columns, its types, its descriptions.

    Only casts that keep every value are made: strings and bytes in another layout, whole numbers of another width,
    instants in another unit or zone.

    Raises:
        ContractError: The frame breaks the contract; names table, column and rule.
    """
    violations = check_contract(contract, table)
    if violations:
        shown = "; ".join(str(violation) for violation in violations[:VIOLATIONS_SHOWN])
        more = len(violations) - VIOLATIONS_SHOWN
        raise ContractError(
            f"breaks its contract: {shown}" + (f"; and {more} more" if more > 0 else ""),
            _table_name(contract),
            "Nothing was written. Mend the stage that makes the table, or its contract.",
        )
    return _cast(contract, table)


def _columns(contract: TableContract, table: pa.Table) -> Iterator[Violation]:
    name = _table_name(contract)
    present = table.column_names
    for column in contract.column_names:
        if present.count(column) == 0:
            yield Violation(name, column, "columns_missing", "the column is missing")
        elif present.count(column) > 1:
            yield Violation(name, column, "columns_extra", "the column stands there more than once")
    for column in dict.fromkeys(present):
        if column not in contract.column_names:
            yield Violation(name, column, "columns_extra", "the contract has no such column")
    for expected in contract.columns:
        if present.count(expected.name) == 1:
            yield from _type(name, expected, table.column(expected.name))


def _type(table: str, column: Column, values: pa.ChunkedArray) -> Iterator[Violation]:
    expected = TYPES[column.type]
    if not _same_values(values.type, expected):
        yield Violation(table, column.name, "type", f"{values.type} stands where {expected} is wanted")
        return
    try:
        values.validate(full=True)
        _cast_column(values, expected)
    except pa.ArrowInvalid as error:
        yield Violation(table, column.name, "invalid", f"values cannot be {expected} ({error})")


def _same_values(found: pa.DataType, expected: pa.DataType) -> bool:
    """Return whether every value of one type can be one of the other, perhaps but for its range."""
    if found == expected:
        return True
    if pa.types.is_dictionary(found):
        return _same_values(found.value_type, expected)
    families = (
        lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind),
        lambda kind: pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind),
        pa.types.is_integer,
        # An instant has a zone, whichever; a timestamp without one is no instant.
        lambda kind: pa.types.is_timestamp(kind) and kind.tz is not None,
    )
    return any(family(found) and family(expected) for family in families)


def _cast_column(values: pa.ChunkedArray, expected: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return values.cast(expected)


def _cast(contract: TableContract, table: pa.Table) -> pa.Table:
    columns = [_cast_column(table.column(column.name), TYPES[column.type]) for column in contract.columns]
    schema = contract.schema
    return pa.table(columns, schema=schema) if columns else schema.empty_table()


def _contents(contract: TableContract, table: pa.Table) -> Iterator[Violation]:
    name = _table_name(contract)
    for column in contract.columns:
        values = table.column(column.name)
        if not column.nullable and values.null_count:
            detail = f"{values.null_count} rows have no value, and each must"
            yield Violation(name, column.name, "null", detail, values.null_count)
        if column.values:
            yield from _vocabulary(name, column, values)
    yield from _key(name, contract, table)


def _vocabulary(table: str, column: Column, values: pa.ChunkedArray) -> Iterator[Violation]:
    present = values.drop_null()
    strange = present.filter(pc.invert(pc.is_in(present, value_set=pa.array(column.values, pa.string()))))
    if len(strange):
        examples = sorted(strange.unique().to_pylist())[:EXAMPLES_SHOWN]
        detail = f"{len(strange)} rows have a value outside the vocabulary: {', '.join(map(repr, examples))}"
        yield Violation(table, column.name, "vocabulary", detail, len(strange))


def _key(table: str, contract: TableContract, rows: pa.Table) -> Iterator[Violation]:
    if not contract.key:
        return
    counted = rows.select(contract.key).group_by(list(contract.key)).aggregate([([], "count_all")])
    repeated = counted.filter(pc.greater(counted.column("count_all"), 1))
    if len(repeated):
        keys = repeated.select(contract.key).sort_by([(name, "ascending") for name in contract.key])
        examples = [" | ".join(map(str, row.values())) for row in keys.slice(0, EXAMPLES_SHOWN).to_pylist()]
        detail = f"{len(repeated)} keys stand there more than once: {', '.join(examples)}"
        n = pc.sum(repeated.column("count_all")).as_py()
        yield Violation(table, ", ".join(contract.key), "key", detail, n)


def _table_name(contract: TableContract) -> str:
    return f"{contract.layer}.{contract.name}"
