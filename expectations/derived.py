"""Truth values computed for each row before Great Expectations asserts them: what any table can be asked.

Foreign keys, spans and vocabularies over a million rows are seconds in pyarrow and hours in a value set. A derivation
takes the stacked table and all tables of the gate and returns one boolean a row, never null: whether the row is as it
should be. What only one layer knows lives in `derived_documents`, `derived_mentions`, `derived_events`, `derived_star`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from expectations.frames import PARTITION_DATE, PARTITION_SOURCE, Tables
from warehouse.contract import TableContract

Truth: TypeAlias = pa.ChunkedArray
Derivation: TypeAlias = Callable[[pa.Table, Tables], Truth]

# Separates the parts of a composite key; no id holds it.
_JOINT = "\x1f"
# Several things may have the same id in two versions of a document: a reference is meant within its own.
_VERSION_COLUMNS = ("doc_id", "document_version_id")


def known(values: pa.ChunkedArray) -> Truth:
    """Return the truth values with null read as False: what cannot be said does not hold."""
    return pc.fill_null(values, False)


def if_given(column: pa.ChunkedArray, values: pa.ChunkedArray) -> Truth:
    """Return the truth values, and True where the column has no value to be judged."""
    return pc.or_(pc.is_null(column), known(values))


def every(conditions: Iterable[pa.ChunkedArray], n_rows: int) -> Truth:
    """Return whether all conditions hold, row by row; True where there is none."""
    return reduce(pc.and_, conditions, pa.chunked_array([pa.repeat(True, n_rows)]))


def truth(values: Sequence[bool]) -> Truth:
    """Return Python truth values as a column."""
    return pa.chunked_array([pa.array(values, pa.bool_())])


def joint_key(table: pa.Table, columns: Sequence[str]) -> pa.ChunkedArray:
    """Return the columns of a key as one string a row; null where one of them is null."""
    if len(columns) == 1:
        return table.column(columns[0])
    parts = [table.column(name).cast(pa.string()) for name in columns]
    return pc.binary_join_element_wise(*parts, _JOINT)


def is_among(values: pa.ChunkedArray, others: pa.ChunkedArray) -> Truth:
    """Return whether each value stands among the others; False for null."""
    found = pc.is_in(values, value_set=others.combine_chunks(), skip_nulls=True)
    return pc.and_(known(found), pc.is_valid(values))


def required_values_present(contract: TableContract) -> Derivation:
    """Every column that may not be null has a value."""
    names = [column.name for column in contract.columns if not column.nullable]

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return every((pc.is_valid(table.column(name)) for name in names), len(table))

    return derive


def coded_values_known(contract: TableContract) -> Derivation:
    """Every coded column holds a word of its closed vocabulary."""
    coded = [column for column in contract.columns if column.values]

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return every(
            (
                if_given(
                    table.column(column.name), is_among(table.column(column.name), pa.chunked_array([column.values]))
                )
                for column in coded
            ),
            len(table),
        )

    return derive


def match(columns: Sequence[str], pattern: str) -> Derivation:
    """Each of the columns has no value or one that the pattern matches (RE2; anchor it)."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return every(
            (if_given(table.column(name), pc.match_substring_regex(table.column(name), pattern)) for name in columns),
            len(table),
        )

    return derive


def within(columns: Sequence[str], low: float, high: float) -> Derivation:
    """Each of the columns has no value or a number from `low` to `high`; not-a-number is outside."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        conditions = []
        for name in columns:
            values = table.column(name)
            inside = pc.and_(pc.greater_equal(values, low), pc.less_equal(values, high))
            conditions.append(if_given(values, inside))
        return every(conditions, len(table))

    return derive


def ordered(first: str, second: str, strictly: bool = False) -> Derivation:
    """The first column is not above the second (below it, if `strictly`), where both have a value."""
    compare = pc.less if strictly else pc.less_equal

    def derive(table: pa.Table, tables: Tables) -> Truth:
        left, right = table.column(first), table.column(second)
        return if_given(left, if_given(right, compare(left, right)))

    return derive


def together(*columns: str) -> Derivation:
    """The columns have a value all together or none."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        given = [pc.is_valid(table.column(name)) for name in columns]
        return every((pc.equal(given[0], other) for other in given[1:]), len(table))

    return derive


def either(*columns: str) -> Derivation:
    """At least one of the columns has a value."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return reduce(pc.or_, (pc.is_valid(table.column(name)) for name in columns))

    return derive


def not_blank(*columns: str) -> Derivation:
    """Each of the columns has no value or one with more than white space."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return every(
            (
                if_given(table.column(name), pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(table.column(name))), 0))
                for name in columns
            ),
            len(table),
        )

    return derive


def exists(column: str, target: TableContract, target_column: str) -> Derivation:
    """Each value of a foreign key stands in the table it refers to.

    Where a row of that table is known by its document or version as well, it is looked for within the same one.
    """
    name = f"{target.layer}.{target.name}"
    scope = [
        scoping for scoping in _VERSION_COLUMNS if scoping in target.key and scoping not in (column, target_column)
    ]

    def derive(table: pa.Table, tables: Tables) -> Truth:
        shared = [one for one in scope if one in table.column_names]
        found = is_among(joint_key(table, [column, *shared]), joint_key(tables[name], [target_column, *shared]))
        return if_given(table.column(column), found)

    return derive


def is_used(columns: Sequence[str], target: str, target_columns: Sequence[str]) -> Derivation:
    """The row's key stands at least once in another table."""

    def derive(table: pa.Table, tables: Tables) -> Truth:
        return is_among(joint_key(table, columns), joint_key(tables[target], target_columns))

    return derive


def is_not_used(columns: Sequence[str], target: str, target_columns: Sequence[str]) -> Derivation:
    """The row's key stands nowhere in another table."""
    used = is_used(columns, target, target_columns)
    return lambda table, tables: pc.invert(used(table, tables))


def in_its_partition(table: pa.Table, tables: Tables) -> Truth:
    """The row names the source and the date of the partition it lies in."""
    return every(
        (
            known(pc.equal(table.column("source_id"), table.column(PARTITION_SOURCE))),
            known(pc.equal(table.column("logical_date"), table.column(PARTITION_DATE))),
        ),
        len(table),
    )


def span_equals_text(
    quoted: str,
    start: str = "start",
    end: str = "end",
    texts: str = "documents.documents",
    on: Sequence[str] = _VERSION_COLUMNS,
) -> Derivation:
    """`text[start:end]` of the row's document is the quoted column, in code points; an empty span is none.

    Args:
        quoted: Column that holds the words.
        start: Column with the offset of the first code point.
        end: Column with the offset after the last one.
        texts: Table that holds the texts, in its column `text`.
        on: Columns that name the document version in both tables.
    """

    def derive(table: pa.Table, tables: Tables) -> Truth:
        source = tables[texts]
        text_of = dict(zip(joint_key(source, on).to_pylist(), source.column("text").to_pylist(), strict=True))
        rows = zip(
            joint_key(table, on).to_pylist(),
            *(table.column(name).to_pylist() for name in (start, end, quoted)),
            strict=True,
        )
        return truth([_is_span(text_of.get(key), first, last, words) for key, first, last, words in rows])

    return derive


def where_given(column: str, derivation: Derivation) -> Derivation:
    """The derivation, but true in rows without a value in `column`."""
    return lambda table, tables: if_given(table.column(column), derivation(table, tables))


def _is_span(text: str | None, first: int | None, last: int | None, words: str | None) -> bool:
    if text is None or first is None or last is None:
        return False
    # Python slices forgive offsets outside the text and count negative ones from the end; a quote may use neither.
    return 0 <= first < last <= len(text) and text[first:last] == words
