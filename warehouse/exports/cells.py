"""Cells that a spreadsheet would take for a formula get an apostrophe in front; in Parquet they stay as they are.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, also behind white space, and a tab or line break can
begin another cell. See https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

# The wide forms are what some spreadsheets read as the plain ones.
_FORMULA = r"^(?:[\t\r\n]|[\s\x00-\x1f]*[=+\-@＝＋－＠])"
_COMPILED = re.compile(_FORMULA)


def harmless_text(text: str) -> str:
    """Return the text, with an apostrophe in front where a spreadsheet would run it."""
    return f"'{text}" if _COMPILED.match(text) else text


def harmless_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of text with every cell made harmless; nulls stay null."""
    risky = pc.match_substring_regex(column, _FORMULA)
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
