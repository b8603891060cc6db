"""One workbook for Excel: a sheet a table, and a first sheet that says what they are and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.exports.cells import harmless_text
from warehouse.files import storage_errors

# A workbook is for looking at, and writing a cell costs ten times what it costs in CSV, which has all rows.
ROWS_A_SHEET = 10_000
# Limits of the format. A longer text is cut with an ellipsis; a longer name of a sheet is refused by Excel.
_CELL_CHARS = 32_767
_SHEET_NAME_CHARS = 31
# Whole texts and every mention: what a workbook cannot show, and Parquet and CSV have.
NOT_IN_THE_WORKBOOK = frozenset({"document_text", "fact_mention", "id_registry"})
# Excel counts days from 1900, and gets the first two months of that year wrong.
_FIRST_DAY = date(1900, 3, 1)
_ABOUT = (
    "Events of migration policy with the sentences they rest on.",
    "A cell of text that a spreadsheet would run as a formula has an apostrophe in front; the Parquet tables do not.",
    "What each column means stands in the sheet `columns`. Instants are UTC.",
)


def write_workbook(
    path: Path, release_id: str, sheets: Sequence[tuple[TableContract, pa.Table]], rows: int = ROWS_A_SHEET
) -> None:
    """Write the workbook, row by row in constant memory; the same rows give the same bytes.

    Args:
        path: The file; must not exist.
        release_id: The release.
        sheets: Contract and rows of each sheet, in order.
        rows: Most rows of a sheet; the first sheet says where there are more.

    Raises:
        StorageError: It could not be written.
    """
    # Here, because only publishing needs it.
    import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs

    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with storage_errors(path):
        book = xlsxwriter.Workbook(str(path), options)
        # The clock stays out of it.
        book.set_properties({"title": f"Communiqué {release_id}", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "timestamp": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        _write_about(book, formats, release_id, sheets, rows)
        _write_columns(book, formats, [contract for contract, _ in sheets])
        for contract, table in sheets:
            _write_sheet(book, formats, contract, table.slice(0, rows))
        try:
            book.close()
        except xlsxwriter.exceptions.XlsxWriterException as error:
            raise OSError(str(error)) from error


def _write_about(
    book: Any,
    formats: Mapping[str, Any],
    release_id: str,
    sheets: Sequence[tuple[TableContract, pa.Table]],
    rows: int,
) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 12)
    sheet.set_column(3, 3, 90)
    sheet.write_string(0, 0, f"Communiqué {release_id}", formats["head"])
    for at, line in enumerate(_ABOUT, start=1):
        sheet.write_string(at, 0, line)
    first = len(_ABOUT) + 2
    for column, name in enumerate(("sheet", "rows here", "rows", "one row is")):
        sheet.write_string(first, column, name, formats["head"])
    for at, (contract, table) in enumerate(sheets, start=first + 1):
        sheet.write_string(at, 0, contract.name[:_SHEET_NAME_CHARS])
        sheet.write_number(at, 1, min(len(table), rows))
        sheet.write_number(at, 2, len(table))
        cut = f" (the first {rows}; all of them in csv/{contract.name}.csv)" if len(table) > rows else ""
        sheet.write_string(at, 3, contract.grain + cut)


def _write_columns(book: Any, formats: Mapping[str, Any], contracts: Sequence[TableContract]) -> None:
    sheet = book.add_worksheet("columns")
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate((("sheet", 28), ("column", 28), ("type", 12), ("meaning", 90))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    lines = [(contract.name, column) for contract in contracts for column in contract.columns]
    for at, (table, described) in enumerate(lines, start=1):
        for column, text in enumerate((table, described.name, described.type, described.description)):
            sheet.write_string(at, column, text)


def _write_sheet(book: Any, formats: Mapping[str, Any], contract: TableContract, table: pa.Table) -> None:
    sheet = book.add_worksheet(contract.name[:_SHEET_NAME_CHARS])
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(contract.columns) - 1)
    kinds = [column.type for column in contract.columns]
    for at, column in enumerate(contract.columns):
        sheet.set_column(at, at, 24 if column.type == "string" else 12)
        sheet.write_string(0, at, column.name, formats["head"])
    for row, values in enumerate(_rows(table), start=1):
        for at, value in enumerate(values):
            if value is not None:
                _write_cell(sheet, row, at, value, formats.get(kinds[at]))


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=5_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_cell(sheet: Any, row: int, column: int, value: Any, form: Any) -> None:
    if isinstance(value, str):
        text = harmless_text(value)
        sheet.write_string(row, column, text if len(text) <= _CELL_CHARS else f"{text[: _CELL_CHARS - 1]}…")
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime):
        # A sheet knows no zones: the values are UTC, as the column's comment says.
        sheet.write_datetime(row, column, value.replace(tzinfo=None), form)
    elif isinstance(value, date):
        if value < _FIRST_DAY:
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_number(row, column, value)
