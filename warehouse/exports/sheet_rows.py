"""The rows of a sheet of a workbook as XML, a column at a time: some ten times sooner than cell by cell.

Only what stands between the tags of `sheetData` is made here; the workbook around it is made by xlsxwriter. See
ECMA-376, part 1, 18.3.1.73 (row) and 18.3.1.4 (c).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.contract import TableContract
from warehouse.exports.cells import harmless_column

# A longer text is cut with an ellipsis: the limit of the format.
CELL_CHARS = 32_767
# Days from the sheet's day 0 to 1970-01-01. Excel counts from 1900 and gets the first two months of that year wrong.
_EPOCH = 25_569
_FIRST_DAY = date(1900, 3, 1)
_MICROSECONDS_A_DAY = 86_400_000_000
# Signs XML has no place for, and words that look like the form in which a sheet writes those.
_UNWRITABLE = "[\x00-\x08\x0b-\x1f\ufffe\uffff]"
_WRITTEN = "_x[0-9A-Fa-f]{4}_"
_COMPILED = re.compile(f"({_WRITTEN})|({_UNWRITABLE})")


def sheet_rows(
    contract: TableContract, table: pa.Table, letters: Sequence[str], styles: Mapping[str, str], first: int = 2
) -> bytes:
    """Return the rows of a table as elements of `sheetData`.

    Args:
        contract: Contract of the table.
        table: Its rows, in its schema.
        letters: Name of each column in the sheet: A, B, …
        styles: Type of a column → number of its cells' style, for types that have one.
        first: Number of the first row.
    """
    if not len(table):
        return b""
    numbers = pa.array(range(first, first + len(table))).cast(pa.string())
    cells = [
        _cells(column.type, table[column.name].combine_chunks(), letter, numbers, styles.get(column.type, ""))
        for column, letter in zip(contract.columns, letters, strict=True)
    ]
    rows = pc.binary_join_element_wise('<row r="', numbers, '">', *cells, "</row>", "")
    return "".join(rows.to_pylist()).encode()


def _cells(kind: str, values: pa.Array, letter: str, numbers: pa.Array, style: str) -> pa.Array:
    """Return the element of each cell; an empty text where there is no value."""
    named = pc.binary_join_element_wise(f'<c r="{letter}', numbers, '"', "")
    styled = f' s="{style}"' if style else ""
    if kind == "string":
        made = _texts(named, values)
    elif kind == "bool":
        made = pc.binary_join_element_wise(
            named, ' t="b"><v>', values.cast(pa.int8()).cast(pa.string()), "</v></c>", ""
        )
    elif kind == "date":
        days = pc.add(values.cast(pa.int32()), _EPOCH).cast(pa.string())
        counted = pc.binary_join_element_wise(named, f"{styled}><v>", days, "</v></c>", "")
        told = _texts(named, pc.strftime(values, format="%Y-%m-%d"))
        made = pc.if_else(pc.less(values, pa.scalar(_FIRST_DAY)), told, counted)
    elif kind == "timestamp":
        # A sheet knows no zones: the values are UTC, as the column's comment says.
        instants = pc.divide(values.cast(pa.int64()).cast(pa.float64()), float(_MICROSECONDS_A_DAY))
        days = pc.add(instants, float(_EPOCH)).cast(pa.string())
        made = pc.binary_join_element_wise(named, f"{styled}><v>", days, "</v></c>", "")
    else:
        made = pc.binary_join_element_wise(named, "><v>", values.cast(pa.string()), "</v></c>", "")
        if pa.types.is_floating(values.type):
            # A sheet has no infinity: it shows the error that a formula would give.
            error = pc.binary_join_element_wise(named, ' t="e"><v>#NUM!</v></c>', "")
            made = pc.if_else(pc.is_finite(values), made, error)
    return pc.fill_null(made, "")


def _texts(named: pa.Array, values: pa.Array) -> pa.Array:
    """Return cells of text; none of them is run as a formula."""
    shown = harmless_column(pa.chunked_array([values])).combine_chunks()
    long = pc.greater(pc.utf8_length(shown), CELL_CHARS)
    if pc.any(long).as_py():
        cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(shown, 0, CELL_CHARS - 1), "…", "")
        shown = pc.if_else(long, cut, shown)
    odd = pc.match_substring_regex(shown, f"{_WRITTEN}|{_UNWRITABLE}")
    if pc.any(odd).as_py():
        shown = pa.array([None if text is None else _COMPILED.sub(_written, text) for text in shown.to_pylist()])
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        shown = pc.replace_substring(shown, sign, entity)
    opening = ' t="inlineStr"><is><t xml:space="preserve">'
    return pc.binary_join_element_wise(named, opening, shown, "</t></is></c>", "")


def _written(match: re.Match[str]) -> str:
    """Return the form in which a sheet writes what XML cannot; see ECMA-376, part 1, 22.9.2.19 (ST_Xstring)."""
    return f"_x005F{match[1]}" if match[1] else f"_x{ord(match[2]):04X}_"
