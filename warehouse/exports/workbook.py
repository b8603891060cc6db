"""One workbook for Excel: a sheet a table, and a first sheet that says what they are and what was left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.contract import TableContract
from warehouse.exports.sheet_rows import sheet_rows
from warehouse.files import storage_errors

# A workbook is for looking at; CSV has all rows.
ROWS_A_SHEET = 10_000
# A longer name of a sheet is refused by Excel.
_SHEET_NAME_CHARS = 31
# Sheets before those of the tables: about, columns.
_OWN_SHEETS = 2
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_COLUMN_STYLE = re.compile(r'<col min="(\d+)" max="\d+" width="[^"]*" style="(\d+)"')
# Whole texts and every mention: what a workbook cannot show, and Parquet and CSV have.
NOT_IN_THE_WORKBOOK = frozenset({"document_text", "fact_mention", "id_registry"})
_ABOUT = (
    "Events of migration policy with the sentences they rest on.",
    "A cell of text that a spreadsheet would run as a formula has an apostrophe in front; the Parquet tables do not.",
    "What each column means stands in the sheet `columns`. Instants are UTC.",
)


def write_workbook(
    path: Path, release_id: str, sheets: Sequence[tuple[TableContract, pa.Table]], rows: int = ROWS_A_SHEET
) -> None:
    """Write the workbook; the same rows give the same bytes.

    Args:
        path: The file; must not exist.
        release_id: The release.
        sheets: Contract and rows of each sheet, in order.
        rows: Most rows of a sheet; the first sheet says where there are more.

    Raises:
        StorageError: It could not be written.
    """
    frame = io.BytesIO(_frame(release_id, sheets, rows))
    with storage_errors(path), zipfile.ZipFile(frame) as empty, zipfile.ZipFile(path, "x") as book:
        members = {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(sheets, start=_OWN_SHEETS + 1)}
        for entry in empty.infolist():
            data = empty.read(entry)
            if entry.filename in members:
                contract, table = members[entry.filename]
                data = _filled(data, contract, table.slice(0, rows))
            # Level 1: most of the time goes into it, and level 6 saves a tenth of the size.
            book.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=1)


def _frame(release_id: str, sheets: Sequence[tuple[TableContract, pa.Table]], rows: int) -> bytes:
    """Return the workbook with all but the rows of its tables."""
    # Here, because only publishing needs it.
    import xlsxwriter  # type: ignore[import-untyped]  # it has no stubs

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
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
        _write_head(book, formats, contract, min(len(table), rows))
    book.close()
    return sink.getvalue()


def _filled(sheet: bytes, contract: TableContract, table: pa.Table) -> bytes:
    """Return a sheet that has its head only with the rows of its table."""
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # as above

    head = sheet.decode()
    letters = [xl_col_to_name(at) for at in range(len(contract.columns))]
    # A column says in which style its cells are to be shown; a cell that says nothing is shown in none.
    of_column = {int(at) - 1: style for at, style in _COLUMN_STYLE.findall(head)}
    kinds = {column.type: of_column[at] for at, column in enumerate(contract.columns) if at in of_column}
    head = _DIMENSION.sub(f'<dimension ref="A1:{letters[-1]}{len(table) + 1}"/>', head, count=1)
    before, end, after = head.partition("</sheetData>")
    return before.encode() + sheet_rows(contract, table, letters, kinds) + (end + after).encode()


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


def _write_head(book: Any, formats: Mapping[str, Any], contract: TableContract, n_rows: int) -> None:
    sheet = book.add_worksheet(contract.name[:_SHEET_NAME_CHARS])
    sheet.freeze_panes(1, 0)
    if n_rows:
        sheet.autofilter(0, 0, n_rows, len(contract.columns) - 1)
    for at, column in enumerate(contract.columns):
        sheet.set_column(at, at, 24 if column.type == "string" else 12, formats.get(column.type))
        sheet.write_string(0, at, column.name, formats["head"])
